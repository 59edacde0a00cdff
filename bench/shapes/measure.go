package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// turn is how many shapes a driver times before it is the next one's turn, in about half a second.
const turn = 12

// measure has the drivers take turns, over all shapes in each round, and adds their rows to m. After every
// round it writes what there is to the file out, if one is named.
func measure(
	m measurement, drivers []driver, shapes []shape.Shape, rounds int, out string,
) (measurement, error) {
	m.link = measureLink()
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, rounds)
		for part := range slices.Chunk(shapes, turn) {
			m.link = min(m.link, measureLink())
			for _, d := range drivers {
				rows, err := d.time(part)
				if err != nil {
					return m, err
				}
				m.rows = append(m.rows, rows...)
			}
		}
		if out != "" {
			if err := m.save(out); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}
