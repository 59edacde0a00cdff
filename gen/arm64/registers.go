package arm64

import "fmt"

// virtual is a register that has no number until its function is complete.
type virtual struct {
	vector bool
	number int
}

// V is a vector register of 128 bits.
type V struct{ *virtual }

// X is a general register of 64 bits.
type X struct{ *virtual }

// NewV returns a new vector register.
func NewV() V { return V{&virtual{vector: true, number: -1}} }

// NewX returns a new general register.
func NewX() X { return X{&virtual{number: -1}} }

// Asm is the register's name in Go's assembler.
func (x X) Asm() string { return fmt.Sprintf("R%d", x.number) }

// scalar is a vector register in Go's notation for loads and stores.
type scalar struct{ V }

func (s scalar) Asm() string { return fmt.Sprintf("F%d", s.number) }

// Registers in the order in which they are given out. Some general registers are not: R16 and R17 belong to
// the linker, R18 to the platform, R27 to the assembler and R28 to the goroutine; R29 and R30 hold the frame
// pointer and the return address.
var (
	generalRegisters = []int{
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 22, 23, 24, 25, 26,
	}
	vectorRegisters = func() []int {
		all := make([]int, 32)
		for i := range all {
			all[i] = i
		}
		return all
	}()
)

// allocate gives every virtual register of a function a number that no other has while both are in use.
func allocate(name string, steps []step) {
	live := liveness(name, steps)
	neighbours := map[*virtual]map[*virtual]bool{}
	var order []*virtual // by first use
	node := func(v *virtual) {
		if neighbours[v] == nil {
			neighbours[v] = map[*virtual]bool{}
			order = append(order, v)
		}
	}
	for i, s := range steps {
		for _, v := range append(s.uses, s.sets...) {
			node(v)
		}
		// What an instruction sets must not share a register with what is in use after it.
		for _, v := range s.sets {
			for w := range live[i] {
				if v != w && v.vector == w.vector {
					node(w)
					neighbours[v][w], neighbours[w][v] = true, true
				}
			}
			for _, w := range s.sets {
				if v != w && v.vector == w.vector {
					neighbours[v][w], neighbours[w][v] = true, true
				}
			}
		}
	}
	for _, v := range order {
		taken := map[int]bool{}
		for w := range neighbours[v] {
			taken[w.number] = true
		}
		file := generalRegisters
		if v.vector {
			file = vectorRegisters
		}
		for _, n := range file {
			if !taken[n] {
				v.number = n
				break
			}
		}
		if v.number < 0 {
			panic(fmt.Sprintf("arm64: %s needs more than %d registers (vector: %v)",
				name, len(file), v.vector))
		}
	}
}

// liveness returns, for each step, the registers whose values are read after it.
func liveness(name string, steps []step) []map[*virtual]bool {
	labels := map[string]int{}
	for i, s := range steps {
		if s.label == "" {
			continue
		}
		if _, twice := labels[s.label]; twice {
			panic(fmt.Sprintf("arm64: %s: label %s stands twice", name, s.label))
		}
		labels[s.label] = i
	}
	in, out := make([]map[*virtual]bool, len(steps)+1), make([]map[*virtual]bool, len(steps))
	for i := range in {
		in[i] = map[*virtual]bool{}
	}
	for i := range out {
		out[i] = map[*virtual]bool{}
	}
	for changed := true; changed; {
		changed = false
		for i := len(steps) - 1; i >= 0; i-- {
			s := steps[i]
			before := len(in[i])
			follow := func(next map[*virtual]bool) {
				for v := range next {
					out[i][v] = true
				}
			}
			if s.target != "" {
				at, ok := labels[s.target]
				if !ok {
					panic(fmt.Sprintf("arm64: %s: no label %s", name, s.target))
				}
				follow(in[at])
			}
			if !s.leaves && (s.target == "" || s.falls) {
				follow(in[i+1])
			}
			sets := map[*virtual]bool{}
			for _, v := range s.sets {
				sets[v] = true
			}
			for v := range out[i] {
				if !sets[v] {
					in[i][v] = true
				}
			}
			for _, v := range s.uses {
				in[i][v] = true
			}
			changed = changed || len(in[i]) != before
		}
	}
	if len(steps) > 0 && len(in[0]) > 0 {
		panic(fmt.Sprintf("arm64: %s reads a register before it is set", name))
	}
	return out
}
