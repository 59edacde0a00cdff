// Package kernels is a backend of SIMD kernels that needs no cgo. It has matrix products, BLAS's level 1,
// random numbers made in registers, exponentials and the like, all in float32 and float64; in float32 also
// dense layers, Langevin updates, and the functions of a network's training step.
//
// # One seed, one result
//
// The pure-Go code of this package is the definition of every kernel. The AVX2, AVX-512 and NEON assembly
// returns the same bits, for any length, alignment and number of cores. All implementations keep to this
// contract:
//
//  1. Arithmetic is IEEE-754 binary32, or binary64 on float64, rounded to nearest even, with subnormal
//     numbers. It consists of + - * /, square root, fused multiply-add, conversions, and operations on bits.
//     There are no estimates. NaN gives NaN, with unspecified sign and payload.
//  2. A product that feeds a sum is either rounded first or fused. The documentation says which, and writes
//     fma(x, y, z) for x*y + z rounded once.
//  3. Each element of a matrix product is one chain of fused multiply-adds in ascending order of the inner
//     dimension.
//  4. A function such as exp is one fixed sequence of these operations, with a stated maximum error.
//  5. A sum over many elements has one fixed order.
//  6. Noise is a pure function of seed, stream and element index (Philox4x32-10 and Box and Muller's
//     transform).
//
// Threads have to round to nearest and to keep subnormal numbers, as item 1 says. Go starts them so, and its
// ABI demands it of C code that calls Go or returns to it. The kernels neither look nor set the mode, which
// would take half as long as a short call. Where a program has C code in it that changes the mode (MXCSR on
// amd64, FPCR on arm64), or that was linked with -ffast-math, results would differ, and would depend on the
// number of cores, because a worker's thread has a mode of its own. ArithmeticError finds that out for the
// thread at hand, in a fraction of a microsecond.
//
// # Use
//
// Kernels accept every length and alignment, zero included, and allocate nothing. Many goroutines may call
// kernels at once. A kernel shares long work out over the cores by itself. A wrong shape panics with the
// function's name and the sizes. The documentation says where a slice may be both input and output. Two
// operands overlap where they share an element. Blocks of columns of one matrix therefore do not overlap, and
// neither does a matrix with a vector between two of its rows.
//
// The implementation is chosen once, at start:
//
//   - on amd64, AVX2 where the processor has both AVX2 and FMA, with AVX-512 for most kernels where the
//     processor has that too;
//   - on arm64, NEON, which every such processor has;
//   - otherwise the definition.
//
// The build tag purego leaves the assembly out. The environment variable LANGEVIN_BACKEND selects an
// implementation by name: "avx512", "avx2", "neon", "generic", or "auto" for the fastest. A name that no
// implementation of this machine has counts as "auto", and BackendError reports it.
package kernels
