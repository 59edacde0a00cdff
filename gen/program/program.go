// Package program keeps instructions in an order of its own until they are emitted.
package program

// Program is a sequence of steps, each of which emits a few instructions that follow each other closely.
type Program []func()

// Do appends a step.
func (p *Program) Do(step func()) { *p = append(*p, step) }

// Then appends another program.
func (p *Program) Then(q Program) { *p = append(*p, q...) }

// Emit emits the program.
func (p Program) Emit() {
	for _, step := range p {
		step()
	}
}

// Weave emits two programs that do not depend on each other, their steps evenly mixed. A processor looks for independent
// instructions only so far ahead; here they stand side by side.
func Weave(p, q Program) {
	i, j := 0, 0
	for i < len(p) || j < len(q) {
		if j == len(q) || i < len(p) && i*len(q) <= j*len(p) {
			p[i]()
			i++
		} else {
			q[j]()
			j++
		}
	}
}
