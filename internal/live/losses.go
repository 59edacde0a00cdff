package live

import "slices"

// mostLosses is how many rows of losses a listener that comes is told, and how many wait for one.
const mostLosses = 2000

// lossColumns is how many numbers a row of losses has.
const lossColumns = 4

// lossCurve is the losses of a training, thinned so that they are no more than mostLosses rows.
type lossCurve struct {
	rows  []float32
	every int // steps; those that are multiples of it are kept
	last  []float32
}

// add adds rows of losses.
func (c *lossCurve) add(rows []float32) {
	c.every = max(c.every, 1)
	for row := range slices.Chunk(rows, lossColumns) {
		if int(row[0])%c.every == 0 {
			c.rows = append(c.rows, row...)
		}
		if len(c.rows) < mostLosses*lossColumns {
			continue
		}
		c.every *= 2
		kept := c.rows[:0]
		for row := range slices.Chunk(c.rows, lossColumns) {
			if int(row[0])%c.every == 0 {
				kept = append(kept, row...)
			}
		}
		c.rows = kept
	}
	c.last = append(c.last[:0], rows[len(rows)-lossColumns:]...)
}

// all returns the rows that are kept, and the last one.
func (c *lossCurve) all() []float32 {
	if n := len(c.rows); n == 0 || c.rows[n-lossColumns] != c.last[0] {
		return append(slices.Clone(c.rows), c.last...)
	}
	return slices.Clone(c.rows)
}

// lossEvent is the event of rows of losses.
func lossEvent(rows []float32, reset bool) *event {
	header := Losses{Event: "losses", Rows: len(rows) / lossColumns, Reset: reset}
	return &event{key: keyOf(header), header: header, body: appendFloats(nil, rows)}
}
