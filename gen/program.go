package main

// program is a sequence of steps, each of which emits a few instructions that follow each other closely.
type program []func()

// do appends a step.
func (p *program) do(step func()) { *p = append(*p, step) }

// then appends another program.
func (p *program) then(q program) { *p = append(*p, q...) }

// emit emits the program.
func (p program) emit() {
	for _, step := range p {
		step()
	}
}

// weave emits two programs that do not depend on each other, their steps evenly mixed. A processor looks for independent
// instructions only so far ahead; here they stand side by side.
func weave(p, q program) {
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
