// Package bench measures the kernels next to what a Go program would otherwise use. It also measures the
// training and sampling steps that the kernels make up. It has no code of its own but benchmarks:
//
//	go test -run '^$' -bench . ./bench
//
// Gemm stands next to gonum's, and the noise kernels next to a loop over math/rand/v2. Sub-benchmarks are
// named by sizes and end with the implementation, as in BenchmarkGemm/m=512/n=512/k=512/avx2. The README
// tells how to read the metrics and how to compare builds.
package bench
