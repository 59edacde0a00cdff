package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/ceil"
)

// division is how a block of columns is cut for the cores. A chunk is a strip of rows by a swath of panels.
// The cores form a grid, and each has some strips and swaths of its own, so that it reads as little of A and
// B as can be. Its part is cut further, into strips that fit the second-level cache and, where there is much
// work, into a few swaths, so that a core which is done early can take a chunk from another.
//
// Cores do not share packed rows of A: fetching what another core has just written takes longer than packing
// it again.
type division struct {
	m, panels          int // rows, and panels of the block
	unit               int // a strip's rows are a multiple of it
	gridRows, gridCols int // how the cores share them
	strips, swaths     int // of all cores
	packBlock          bool
}

// divide sets d to how a block of so many columns is cut. It depends on nothing else.
func (d *division) divide(p *plan, s *shape, b *blocking, cols int) {
	d.m, d.panels, d.unit = s.m, ceil.Div(cols, s.panelCols()), tileRows
	if p.route == narrowRoute {
		d.unit = 4 * tileRows // also a multiple of narrowRows
	}
	units := ceil.Div(s.m, d.unit)
	d.chooseGrid(p.cores, units, cols, s.follows)
	rows := ceil.Div(units, d.gridRows) // in units
	most := max(1, s.stripBytes(b, rows*d.unit)/(s.size*min(s.k, b.depth)*d.unit))
	if s.k <= b.shallowLen && p.route != thinRoute && s.crowds(b) {
		most = max(1, b.shallowRows/d.unit)
	}
	d.strips = d.gridRows * ceil.Div(rows, most)
	d.swaths = d.gridCols
	if p.cores > 1 && s.work() >= b.spareWork*p.cores {
		const spare = 2
		switch {
		case d.strips >= spare*d.gridRows:
		case d.panels >= 2*spare*d.gridCols:
			d.swaths *= spare
		case units >= 2*spare*d.gridRows:
			d.strips *= spare
		}
	}
	// The panels that are packed at all are packed before the products begin, rather than by the only strip
	// of a core that wants them: rows of B cost little on the way, those of a transposed B more.
	d.packBlock = p.packB && (p.route == thinRoute || d.strips > d.gridRows || d.strips > 1 && s.transB)
}

// chooseGrid takes the grid of all cores in which one reads the least. Of two alike, whole rows are better
// where something follows, which is then one call a row.
func (d *division) chooseGrid(cores, units, cols int, wholeRows bool) {
	d.gridRows, d.gridCols = 1, 1
	least := math.MaxInt
	for gridRows := 1; gridRows <= cores; gridRows++ {
		gridCols := cores / gridRows
		if gridRows*gridCols < cores || gridRows > units || gridCols > d.panels {
			continue
		}
		reads := ceil.Div(d.m, gridRows) + ceil.Div(cols, gridCols)
		if reads < least || reads == least && wholeRows {
			least, d.gridRows, d.gridCols = reads, gridRows, gridCols
		}
	}
}

// chunks is the number of chunks.
func (d *division) chunks() int { return d.strips * d.swaths }

// chunk returns what chunk i is. The chunks of a core follow each other, and so do those of a strip, so that
// the core packs a strip once.
func (d *division) chunk(i int) (strip, swath int) {
	if i == 0 {
		return 0, 0
	}
	strips, swaths := d.strips/d.gridRows, d.swaths/d.gridCols
	core, i := i/(strips*swaths), i%(strips*swaths)
	return core/d.gridCols*strips + i/swaths, core%d.gridCols*swaths + i%swaths
}

// stripRows returns where a strip begins and ends.
func (d *division) stripRows(strip int) (from, to int) {
	if d.strips == 1 {
		return 0, d.m
	}
	units := ceil.Div(d.m, d.unit)
	return strip * units / d.strips * d.unit, min((strip+1)*units/d.strips*d.unit, d.m)
}

// swathPanels returns the first panel of a swath, and the first one behind it.
func (d *division) swathPanels(swath int) (first, end int) {
	return swath * d.panels / d.swaths, (swath + 1) * d.panels / d.swaths
}
