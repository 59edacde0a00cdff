// Command gemm times C = op(A)*op(B) for triples m n k. It works in the way of the C driver in bench/peers,
// so that the two can be run alternately. The output has the same format, a line for each triple: m n k,
// microseconds and GFlop/s of the best of several repeats.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/seed964deb49/langevin/kernels"
)

func main() {
	threads := flag.Int("threads", 1, "cores to use")
	transA := flag.Bool("ta", false, "A is transposed")
	transB := flag.Bool("tb", false, "B is transposed")
	double := flag.Bool("double", false, "float64 instead of float32")
	packed := flag.Bool("packed", false, "B is packed beforehand")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: gemm [flags] m n k [m n k ...]")
		flag.PrintDefaults()
	}
	flag.Parse()
	runtime.GOMAXPROCS(*threads)
	if flag.NArg() == 0 || flag.NArg()%3 != 0 || *double && *packed {
		flag.Usage()
		os.Exit(2)
	}
	var sizes []int
	for _, arg := range flag.Args() {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 {
			fmt.Fprintf(os.Stderr, "gemm: size %q: want a positive number\n", arg)
			os.Exit(2)
		}
		sizes = append(sizes, n)
	}
	for ; len(sizes) > 0; sizes = sizes[3:] {
		m, n, k := sizes[0], sizes[1], sizes[2]
		flop := 2 * float64(m) * float64(n) * float64(k)
		seconds := best(flop, product(m, n, k, *transA, *transB, *double, *packed))
		fmt.Printf("%d %d %d %.3f %.2f\n", m, n, k, seconds*1e6, flop/seconds*1e-9)
	}
}

// product returns a function that computes one product.
func product(m, n, k int, transA, transB, double, packed bool) func() {
	aRows, aCols, bRows, bCols := m, k, k, n
	if transA {
		aRows, aCols = aCols, aRows
	}
	if transB {
		bRows, bCols = bCols, bRows
	}
	if double {
		a, b := kernels.NewMatrix64(aRows, aCols), kernels.NewMatrix64(bRows, bCols)
		c := kernels.NewMatrix64(m, n)
		fill(a.Data)
		fill(b.Data)
		return func() { kernels.Gemm64(transA, transB, 1, a, b, 0, c) }
	}
	a, b, c := kernels.NewMatrix(aRows, aCols), kernels.NewMatrix(bRows, bCols), kernels.NewMatrix(m, n)
	fill(a.Data)
	fill(b.Data)
	if packed {
		var p kernels.Packed
		p.Pack(transB, b)
		return func() { kernels.GemmPacked(transA, 1, a, &p, 0, c) }
	}
	return func() { kernels.Gemm(transA, transB, 1, a, b, 0, c) }
}

// fill sets x to small integers.
func fill[T float32 | float64](x []T) {
	for i := range x {
		x[i] = T(i%7) - 3
	}
}

// best returns the seconds that a call of f takes in the fastest of nine repeats. A repeat has some 2*10^8
// operations.
func best(flop float64, f func()) float64 {
	const repeats = 9
	calls := int(2e8/flop) + 1
	fastest := 1e9
	for range repeats {
		start := time.Now()
		for range calls {
			f()
		}
		fastest = min(fastest, time.Since(start).Seconds()/float64(calls))
	}
	return fastest
}
