// Package p has one of each kind.
package p

// C is a constant.
const C int8 = 1 + 2

// V is a variable.
var V map[string]int

// F is a generic function.
func F[T any](x T) (S, error) { return S{}, nil }

func f() {}

// A is another name.
type A = S

// I is an interface.
type I interface{ M() }

// N has a method of its values.
type N []int

// Len is that method.
func (n N) Len() int { return len(n) }

// S has fields of all kinds.
type S struct {
	X float32 `json:"x"`
	Y []int
	z int
}

// Get is of its values.
func (s S) Get() float32 { return s.X }

// Set is of its addresses.
func (s *S) Set(x float32) { s.X, s.z = x, 1; f() }
