package picture

import (
	"image"

	"gonum.org/v1/plot/vg"
)

const legendStep = 1.5 * labelSize

// legendLines breaks the legend into lines.
func (f *figure) legendLines() (lines [][]entry) {
	room := f.width - 2*margin
	left := vg.Length(0)
	for _, e := range f.legend {
		e.name = fitted(e.name, labelSize, room-markWidth-gap)
		width := markWidth + gap + textWidth(e.name, labelSize) + 3*gap
		if len(lines) == 0 || left+width-3*gap > room {
			lines, left = append(lines, nil), 0
		}
		left += width
		lines[len(lines)-1] = append(lines[len(lines)-1], e)
	}
	return lines
}

// draw draws the figure.
func (a *arranged) draw(s *surface) {
	y := a.height - margin
	for _, line := range a.lines {
		y -= legendStep
		x := margin
		if len(a.rows) == 1 && len(a.rows[0]) == 1 {
			x = a.boxes[0][0].left // above the plot, if there is room
			width := -3 * gap
			for _, e := range line {
				width += markWidth + gap + textWidth(e.name, labelSize) + 3*gap
			}
			x = max(margin, min(x, a.width-margin-width))
		}
		for _, e := range line {
			centre := y + textHeight(labelSize)/2 + textDepth(labelSize)
			e.mark(s, vg.Point{X: x + markWidth/2, Y: centre})
			x += markWidth + gap
			s.text(e.name, labelSize, textColor, vg.Point{X: x, Y: centre}, begin, middle)
			x += textWidth(e.name, labelSize) + 3*gap
		}
	}
	for i, row := range a.rows {
		for j, p := range row {
			p.render(s, a.boxes[i][j])
		}
	}
	if a.figure.bar != nil {
		a.figure.bar.render(s, a.bar)
	}
}

// render draws a panel, its axes and what it shows.
func (p *panel) render(s *surface, b box) {
	if p.empty {
		return
	}
	v := &view{b, &p.x, &p.y}
	if p.title != "" {
		s.text(fitted(p.title, titleSize, b.width()+panelGap/2), titleSize, textColor,
			vg.Point{X: (b.left + b.right) / 2, Y: b.high + gap + textDepth(titleSize)}, middle, begin)
	}
	if p.plain {
		p.draw(s, v)
		return
	}
	if !p.noGrid {
		for _, t := range p.x.ticks {
			x := v.at(t.at, p.y.low).X
			s.line(gridColor, gridLine, vg.Point{X: x, Y: b.low}, vg.Point{X: x, Y: b.high})
		}
		for _, t := range p.y.ticks {
			y := v.at(p.x.low, t.at).Y
			s.line(gridColor, gridLine, vg.Point{X: b.left, Y: y}, vg.Point{X: b.right, Y: y})
		}
	}
	p.draw(s, v)
	s.frame(b)
	p.axes(s, v)
}

// axes draws ticks, their labels and the names of the axes.
func (p *panel) axes(s *surface, v *view) {
	down := v.low
	for _, t := range p.x.ticks {
		x := v.at(t.at, p.y.low).X
		s.line(frameColor, frameLine, vg.Point{X: x, Y: v.low}, vg.Point{X: x, Y: v.low - tickMark})
		low := v.low - tickMark - gap
		switch width := textWidth(t.label, tickSize); {
		case p.x.bare:
		case p.x.upright:
			s.upright(t.label, tickSize, textColor, vg.Point{X: x, Y: low - vg.Length(width/2)})
			down = min(down, low-width)
		default:
			s.text(t.label, tickSize, textColor, vg.Point{X: x, Y: low}, middle, end)
			down = min(down, low-textHeight(tickSize))
		}
	}
	left := vg.Length(0)
	for _, t := range p.y.ticks {
		y := v.at(p.x.low, t.at).Y
		s.line(frameColor, frameLine, vg.Point{X: v.left, Y: y}, vg.Point{X: v.left - tickMark, Y: y})
		if !p.y.bare {
			s.text(t.label, tickSize, textColor, vg.Point{X: v.left - tickMark - gap, Y: y}, end, middle)
			left = max(left, textWidth(t.label, tickSize)+tickMark+gap)
		}
	}
	if p.x.name != "" {
		s.text(fitted(p.x.name, labelSize, v.width()), labelSize, textColor,
			vg.Point{X: (v.left + v.right) / 2, Y: down - gap}, middle, end)
	}
	if p.y.name != "" {
		s.upright(fitted(p.y.name, labelSize, v.height()), labelSize, textColor,
			vg.Point{X: v.left - left - gap - (textHeight(labelSize)+textDepth(labelSize))/2, Y: (v.low + v.high) / 2})
	}
}

// room is what the labels of a bar need at its right.
func (b *scaleBar) room() vg.Length {
	room := vg.Length(0)
	for _, t := range b.ticks {
		room = max(room, tickMark+gap+textWidth(t.label, tickSize))
	}
	if b.name != "" {
		room += gap + textHeight(labelSize) + textDepth(labelSize)
	}
	return room
}

// render draws a bar of colours.
func (b *scaleBar) render(s *surface, at box) {
	const steps = 256
	m := image.NewNRGBA(image.Rect(0, 0, 1, steps))
	for i := range steps {
		m.SetNRGBA(0, i, b.colors.at(1-float64((float64(i)+0.5)/steps)))
	}
	s.image(m, at)
	s.frame(at)
	right := vg.Length(0)
	for _, t := range b.ticks {
		y := at.low + vg.Length(vg.Length(b.part(t.at))*at.height())
		s.line(frameColor, frameLine, vg.Point{X: at.right, Y: y}, vg.Point{X: at.right + tickMark, Y: y})
		s.text(t.label, tickSize, textColor, vg.Point{X: at.right + tickMark + gap, Y: y}, begin, middle)
		right = max(right, tickMark+gap+textWidth(t.label, tickSize))
	}
	if b.name != "" {
		s.upright(fitted(b.name, labelSize, at.height()), labelSize, textColor, vg.Point{
			X: at.right + right + gap + (textHeight(labelSize)+textDepth(labelSize))/2, Y: (at.low + at.high) / 2,
		})
	}
}
