// Command gemm times C = A*B for triples m n k, in the way and the output format of the C drivers in bench/peers, so
// that the two can be run alternately: m n k, microseconds and GFlop/s of the best of several repeats, a line each.
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
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: gemm [flags] m n k [m n k ...]")
		flag.PrintDefaults()
	}
	flag.Parse()
	runtime.GOMAXPROCS(*threads)
	if flag.NArg() == 0 || flag.NArg()%3 != 0 {
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
		a, b, c := operand(m, k, *transA), operand(k, n, *transB), kernels.NewMatrix(m, n)
		seconds := best(2*float64(m)*float64(n)*float64(k), func() { kernels.Gemm(*transA, *transB, 1, a, b, 0, c) })
		fmt.Printf("%d %d %d %.3f %.2f\n", m, n, k, seconds*1e6, 2*float64(m)*float64(n)*float64(k)/seconds*1e-9)
	}
}

// operand returns a matrix of small integers, stored transposed if trans.
func operand(rows, cols int, trans bool) kernels.Matrix {
	if trans {
		rows, cols = cols, rows
	}
	x := kernels.NewMatrix(rows, cols)
	for i := range x.Data {
		x.Data[i] = float32(i%7) - 3
	}
	return x
}

// best returns the seconds a call of f takes in the fastest of nine repeats of some 2*10^8 operations each.
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
