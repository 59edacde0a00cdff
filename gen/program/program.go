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

// Weave emits programs that do not depend on each other, with their steps evenly mixed. A processor looks
// only so far ahead for independent instructions. Weave puts such instructions side by side.
func Weave(programs ...Program) { Mix(programs...).Emit() }

// Mix returns the program of what Weave emits.
func Mix(programs ...Program) Program {
	var mixed Program
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
			return mixed
		}
		mixed.Do(programs[next][done[next]])
		done[next]++
	}
}
