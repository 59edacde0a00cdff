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

// weave emits programs that do not depend on each other, their steps evenly mixed. A processor looks for independent
// instructions only so far ahead; here they stand side by side.
func weave(programs ...program) {
	done := make([]int, len(programs))
	for {
		// The next step is that of the program which is furthest behind.
		next := -1
		for i, p := range programs {
			if done[i] < len(p) && (next < 0 || done[i]*len(programs[next]) < done[next]*len(p)) {
				next = i
			}
		}
		if next < 0 {
			return
		}
		programs[next][done[next]]()
		done[next]++
	}
}
