package picture

import (
	"gonum.org/v1/plot/vg"
)

// panel is a plot.
type panel struct {
	title  string
	x, y   axis
	aspect float64                   // its height over its width
	draw   func(s *surface, v *view) // what it shows, within its box
	plain  bool                      // without axes and grid
	noGrid bool                      // what it shows covers a grid
	empty  bool                      // nothing is there
}

// view is where a panel's values lie.
type view struct {
	box
	x, y *axis
}

// at returns the place of a point.
func (v *view) at(x, y float64) vg.Point {
	return vg.Point{
		X: v.left + vg.Length(vg.Length(v.x.part(x))*v.width()),
		Y: v.low + vg.Length(vg.Length(v.y.part(y))*v.height()),
	}
}

// holds tells whether a place lies within the box, and no nearer to its edge than so much.
func (v *view) holds(p vg.Point, edge vg.Length) bool {
	return p.X >= v.left+edge && p.X <= v.right-edge && p.Y >= v.low+edge && p.Y <= v.high-edge
}

// entry is a line of the legend: a mark and what it means.
type entry struct {
	name string
	mark func(s *surface, at vg.Point) // around a place
}

// scaleBar tells what colours mean.
type scaleBar struct {
	axis
	colors ramp
}

// figure is panels in rows, with a legend above and a bar of colours on the right.
type figure struct {
	width  vg.Length
	legend []entry
	rows   [][]*panel
	bar    *scaleBar
	dense  bool // with little room between panels
}

const (
	markWidth = 12 * vg.Length(1)
	barWidth  = 8 * vg.Length(1)
)

// arranged is a figure whose places are known.
type arranged struct {
	*figure
	height vg.Length
	lines  [][]entry // of the legend
	boxes  [][]box
	bar    box
}

// picture arranges the figure.
func (f *figure) picture() *Picture {
	a := f.arrange()
	return &Picture{width: f.width, height: a.height, draw: a.draw}
}

// edges are what a panel needs around its box.
type edges struct{ left, right, top, bottom vg.Length }

func (e *edges) add(o edges) {
	e.left, e.right = max(e.left, o.left), max(e.right, o.right)
	e.top, e.bottom = max(e.top, o.top), max(e.bottom, o.bottom)
}

// edges returns what a panel needs around its box, the labels of its ticks included.
func (p *panel) edges() edges {
	e := edges{top: frameLine, right: frameLine}
	if p.title != "" {
		e.top = textHeight(titleSize) + textDepth(titleSize) + gap
	}
	if p.plain || p.empty {
		return e
	}
	for _, t := range p.y.ticks {
		if !p.y.bare {
			e.left = max(e.left, textWidth(t.label, tickSize)+tickMark+gap)
			e.top = max(e.top, textHeight(tickSize)/2)
		}
	}
	if p.y.name != "" {
		e.left += textHeight(labelSize) + textDepth(labelSize) + gap
	}
	for _, t := range p.x.ticks {
		if !p.x.bare {
			width, height := textWidth(t.label, tickSize), textHeight(tickSize)
			if p.x.upright {
				width, height = height, width
			}
			half, part := width/2, p.x.part(t.at)
			if part > 0.5 {
				e.right = max(e.right, half*vg.Length(2*part-1))
			} else {
				e.left = max(e.left, half*vg.Length(1-2*part))
			}
			e.bottom = max(e.bottom, tickMark+gap+height)
		}
	}
	if p.x.name != "" {
		e.bottom += gap + textHeight(labelSize) + textDepth(labelSize)
	}
	return e
}

// arrange finds the place of everything. The width is given; the height follows.
func (f *figure) arrange() *arranged {
	a := &arranged{figure: f, lines: f.legendLines()}
	between := panelGap
	if f.dense {
		between = gap
	}
	columns := 0
	for _, row := range f.rows {
		columns = max(columns, len(row))
	}
	right := f.width - margin
	if f.bar != nil {
		f.bar.mark(2*vg.Inch, false)
		right -= barWidth + panelGap/2 + f.bar.room()
	}
	across, down := make([]edges, columns), make([]edges, len(f.rows))
	measure := func(width vg.Length) vg.Length {
		clear(across)
		clear(down)
		for i, row := range f.rows {
			for j, p := range row {
				p.x.mark(width, true)
				p.y.mark(width*vg.Length(p.aspect), false)
				across[j].add(p.edges())
				down[i].add(p.edges())
			}
		}
		room := right - margin - vg.Length(between*vg.Length(columns-1))
		for _, e := range across {
			room -= e.left + e.right
		}
		return max(room/vg.Length(columns), 10)
	}
	width := measure(0.8 * (right - margin) / vg.Length(columns))
	width = measure(width)

	top := margin
	if len(a.lines) > 0 {
		top += vg.Length(vg.Length(len(a.lines))*legendStep) + gap
	}
	a.boxes = make([][]box, len(f.rows))
	y := top // from above
	for i, row := range f.rows {
		y += down[i].top
		x, height := margin, vg.Length(width*vg.Length(row[0].aspect))
		for j := range row {
			x += across[j].left
			a.boxes[i] = append(a.boxes[i], box{x, y + height, x + width, y})
			x += width + across[j].right + between
		}
		y += height + down[i].bottom + between
	}
	a.height = y - between + margin
	flip := func(b *box) { b.low, b.high = a.height-b.low, a.height-b.high }
	for i := range a.boxes {
		for j := range a.boxes[i] {
			flip(&a.boxes[i][j])
		}
	}
	last := a.boxes[len(a.boxes)-1]
	a.bar = box{right + panelGap/2, last[0].low, right + panelGap/2 + barWidth, a.boxes[0][0].high}
	return a
}
