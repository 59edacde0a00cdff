package kernels

import (
	"fmt"
	"math"
	"math/big"
)

// mostBytes is the most that a new array may take. Go's heap has 2^48 bytes of addresses at most. The
// runtime's own panic about more names neither function nor sizes.
const mostBytes = min(math.MaxInt, 1<<47)

// newLength returns rows*cols, the length of a new array whose elements take size bytes. It panics if the
// array is larger than mostBytes.
func newLength(function string, rows, cols, size int) int {
	if cols > 0 && rows > mostBytes/size/cols {
		panic(fmt.Sprintf("kernels: %s: %dx%d elements of %d bytes are more than an array holds",
			function, rows, cols, size))
	}
	return rows * cols
}

// newShape checks the sizes of a new matrix.
func newShape(function string, rows, cols int) {
	if rows < 0 || cols < 0 {
		panic(fmt.Sprintf("kernels: %s: negative size %dx%d", function, rows, cols))
	}
}

// checkView panics unless n elements hold a rows by cols matrix whose rows are stride elements apart.
func checkView(function, name string, rows, cols, stride, n int) {
	switch {
	case rows < 0 || cols < 0:
		panic(fmt.Sprintf("kernels: %s: %s has negative size %dx%d", function, name, rows, cols))
	case rows == 0 || cols == 0: // no element is anywhere, and any stride will do
	case stride < cols:
		panic(fmt.Sprintf("kernels: %s: %s is %dx%d with stride %d, want at least %d",
			function, name, rows, cols, stride, cols))
	case cols > n || rows-1 > (n-cols)/stride: // as n < extent, without overflow
		panic(fmt.Sprintf("kernels: %s: %s is %dx%d with stride %d and needs %v elements, has %d",
			function, name, rows, cols, stride, bigExtent(rows, cols, stride), n))
	}
}

// bigExtent is the distance from the first element of a matrix to the end of the last one. No size is zero.
func bigExtent(rows, cols, stride int) *big.Int {
	n := big.NewInt(int64(rows - 1))
	n.Mul(n, big.NewInt(int64(stride)))
	return n.Add(n, big.NewInt(int64(cols)))
}
