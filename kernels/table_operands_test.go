package kernels

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unsafe"
)

// callShape is the shape that a row of the table is called on: slices of cols elements, or matrices of rows
// by cols. pads has the gap between the rows of each matrix in turn.
type callShape struct {
	rows, cols int
	pads       []int
	at         uint64 // index of the first normal
}

func (s callShape) String() string {
	return fmt.Sprintf("%dx%d, pads %v, at %d", s.rows, s.cols, s.pads, s.at)
}

// stride is that of matrix number i.
func (s callShape) stride(i int) int {
	if len(s.pads) == 0 {
		return max(1, s.cols)
	}
	return max(1, s.cols+s.pads[i%len(s.pads)])
}

// lengths returns the lengths of the operands in memory.
func (r rowOf[T]) lengths(s callShape) []int {
	var all []int
	matrices := 0
	for _, o := range r.memory() {
		n := s.cols
		switch o.kind {
		case matrix:
			n = extent(s.rows, s.cols, s.stride(matrices))
			matrices++
		case perRow:
			n = s.rows
		case sum:
			n = 8 / int(unsafe.Sizeof(*new(T)))
		}
		all = append(all, n)
	}
	return all
}

// inputs returns values for the operands in memory.
func (r rowOf[T]) inputs(random *rand.Rand, s callShape, values func(*rand.Rand, int) []T) [][]T {
	var all [][]T
	for _, n := range r.lengths(s) {
		all = append(all, values(random, n))
	}
	return all
}

// on returns the operands of a call whose memory is x.
func (r rowOf[T]) on(x [][]T, s callShape, scalars []T) operandsOf[T] {
	o := operandsOf[T]{s: scalars, noise: noise, at: s.at}
	for i, operand := range r.memory() {
		switch operand.kind {
		case slice:
			o.x = append(o.x, x[i])
		case matrix:
			o = o.with(x[i], s)
		case perRow:
			o.v = append(o.v, x[i])
		case perColumn:
			o.c = append(o.c, x[i])
		case sum:
			o.sum = x[i]
		}
	}
	return o
}

// with returns o with one matrix more.
func (o operandsOf[T]) with(data []T, s callShape) operandsOf[T] {
	switch data := any(data).(type) {
	case []float32:
		o.m = append(o.m, Matrix{Rows: s.rows, Cols: s.cols, Stride: s.stride(len(o.m)), Data: data})
	case []float64:
		o.m64 = append(o.m64, Matrix64{Rows: s.rows, Cols: s.cols, Stride: s.stride(len(o.m64)), Data: data})
	}
	return o
}

// elements is the number of elements of a matrix.
func (o operandsOf[T]) elements() int {
	if len(o.m) > 0 {
		return o.m[0].Rows * o.m[0].Cols
	}
	return o.m64[0].Rows * o.m64[0].Cols
}

// run prepares the operands and calls the function.
func (r rowOf[T]) run(o operandsOf[T]) {
	if r.internal && (len(o.x) > 0 && len(o.x[0]) == 0 || r.onMatrices() && o.elements() == 0) {
		return
	}
	if r.prepare != nil {
		r.prepare(o)
	}
	r.call(o)
}

// function is the name of the function without what is particular about the call.
func (r rowOf[T]) function() string {
	name, _, _ := strings.Cut(r.name, "/")
	return name
}

// pairs returns the places of the operands that may be in one place, in memory's order.
func (r rowOf[T]) pairs() [][2]int {
	var all [][2]int
	for _, pair := range r.inPlace {
		a, b, _ := strings.Cut(pair, "=")
		p := [2]int{-1, -1}
		for i, o := range r.memory() {
			if o.name == a {
				p[0] = i
			}
			if o.name == b {
				p[1] = i
			}
		}
		all = append(all, p)
	}
	return all
}

// mayShare reports whether an output and another operand may be in one place.
func (r rowOf[T]) mayShare(output, other int) bool {
	for _, p := range r.pairs() {
		if p == [2]int{output, other} || p == [2]int{other, output} {
			return true
		}
	}
	return false
}

// noise is what the tests draw from.
var noise = Noise{Seed: 0x0123456789abcdef, Stream: 0xfedcba9876543210}

// starts of normals: at a group's border, within one, and before the block counter's lower half overflows.
var firstNormals = []uint64{16, 7, 1<<34 - 21, 1<<40 + 3}

// shapes returns the shapes that a row is tested on: all short lengths, and those around pieces and the
// chunks of the pool.
func (r rowOf[T]) shapes() []callShape {
	var all []callShape
	add := func(rows, cols int, pads ...int) {
		all = append(all, callShape{rows, cols, pads, firstNormals[len(all)%len(firstNormals)]})
	}
	if !r.onMatrices() {
		for n := range 81 {
			add(1, n)
		}
		add(1, sweepChunk-1)
		add(1, sweepSerial+5)
		add(1, 3*sweepChunk+33)
		return all
	}
	for cols := 1; cols < 49; cols++ {
		add(1, cols)
		add(5, cols, 3, 0, 8)
	}
	for _, s := range [][2]int{
		{0, 3}, {3, 0}, {700, 2}, {40, 64}, {9, 784}, {3, 1023}, {3, 1024}, {2, 1025}, {2, 2500}, {2, 9000},
		{4100, 5},
	} {
		add(s[0], s[1])
		add(s[0], s[1], 3, 0, 8)
	}
	return all
}
