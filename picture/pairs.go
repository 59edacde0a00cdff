package picture

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/extent"
	"github.com/seed964deb49/langevin/kernels"
)

// MostPairs is how many columns of a table are drawn, the first ones.
const MostPairs = 6

// Pairs draws a table: how the values of each column are spread, on the diagonal, and below it each two columns
// over each other. Categories are bars on the diagonal, and elsewhere bands over which points are strewn.
func Pairs(columns []dataset.Column, sets ...Points) (*Picture, error) {
	if len(columns) == 0 || len(sets) == 0 {
		return nil, errors.New("cannot draw pairs of columns: there are none")
	}
	for _, set := range sets {
		if set.X.Rows == 0 || set.X.Cols != len(columns) {
			return nil, fmt.Errorf("cannot draw pairs of %d columns from %d rows of %d values", len(columns), set.X.Rows, set.X.Cols)
		}
		if err := checkFinite("pairs of columns", set.X); err != nil {
			return nil, err
		}
	}
	n := min(len(columns), MostPairs)
	f := &figure{width: pageWidth, dense: true}
	if n == 1 {
		f.width = columnWidth
	}
	dressed := dress(sets)
	scattered := slices.Clone(dressed)
	for k := range dressed {
		const most = 1500 // of each panel, where more would hide each other
		scattered[k].X = dressed[k].X.Slice(0, min(dressed[k].X.Rows, most))
		scattered[k].radius *= 0.75
	}
	if f.legend = legendOf(dressed); len(dressed) == 1 {
		f.legend = nil
	}
	var all []pairColumn
	for j := range n {
		all = append(all, newPairColumn(columns[j], j, dressed, 0.8*f.width/vg.Length(n)))
	}
	f.legend = append(f.legend, outside(leaveOut(all, dressed))...)
	for i := range n {
		row := make([]*panel, n)
		for j := range n {
			row[j] = pairPanel(all, dressed, scattered, i, j)
			row[j].x.bare = i < n-1
			row[j].y.bare = row[j].y.bare || j > 0
			if i < n-1 {
				row[j].x.name = ""
			}
			if j > 0 {
				row[j].y.name = ""
			}
			if n == 1 {
				row[j].y.name = "share of rows"
			}
		}
		f.rows = append(f.rows, row)
	}
	return f.picture(), nil
}

// pairColumn is a column with its axis.
type pairColumn struct {
	dataset.Column
	axis                    // along the left edge
	index           int     // of the column
	below           axis    // along the lower edge
	least, greatest float64 // values, but for a few that are far away
}

// newPairColumn returns a column. Categories have an axis on which they are one apart.
func newPairColumn(c dataset.Column, j int, sets []drawnPoints, width vg.Length) pairColumn {
	p := pairColumn{Column: c, index: j, axis: axis{name: c.Name, low: math.Inf(1), high: math.Inf(-1)}}
	if p.name == "" {
		p.name = fmt.Sprintf("column %d", j+1)
	}
	if c.Kind == dataset.Category {
		p.low, p.high, p.fixed = -0.5, float64(len(c.Categories))-0.5, true
		p.below = p.axis
		p.nameCategories(width)
		return p
	}
	var values []float64
	for _, set := range sets {
		for i := range set.X.Rows {
			values = append(values, set.X.Row(i)[j])
		}
	}
	p.least, p.greatest = extent.Of(values)
	if c.Kind == dataset.Integer {
		p.least, p.greatest = math.Ceil(p.least), math.Floor(p.greatest)
	}
	p.low, p.high = p.least, p.greatest
	if c.Kind == dataset.Integer {
		p.low, p.high = p.low-0.5, p.high+0.5 // whole bars
	}
	p.spread(0.04)
	p.below = p.axis
	return p
}

// leaveOut returns how many rows have a value that lies outside, and how many rows there are.
func leaveOut(columns []pairColumn, sets []drawnPoints) (n, all int) {
	for _, set := range sets {
		all += set.X.Rows
		for i := range set.X.Rows {
			if slices.ContainsFunc(columns, func(p pairColumn) bool { return p.misses(set.X.Row(i)[p.index]) }) {
				n++
			}
		}
	}
	return n, all
}

// misses reports whether a value lies outside.
func (p *pairColumn) misses(v float64) bool {
	return p.Kind != dataset.Category && !(v >= p.least && v <= p.greatest)
}

// nameCategories sets ticks with names, of at most six. Along the lower edge they stand upright where they have no room
// beside each other.
func (p *pairColumn) nameCategories(width vg.Length) {
	const most, longest = 6, 0.7 * vg.Inch
	room := width/vg.Length(min(len(p.Categories), most)) - tickSize/2
	every := (len(p.Categories) + most - 1) / most
	for k := 0; k < len(p.Categories); k += every {
		name := fitted(p.Categories[k], tickSize, longest)
		p.below.upright = p.below.upright || textWidth(name, tickSize) > room
		p.ticks = append(p.ticks, tick{float64(k), name})
	}
	p.below.ticks = p.ticks
}

// value returns where a row stands on the axis: a category's rows are strewn over its band.
func (p *pairColumn) value(row []float64, i int) float64 {
	v := row[p.index]
	if p.Kind == dataset.Category {
		const golden = 0.6180339887498949 // whose multiples are strewn evenly
		_, part := math.Modf(float64(float64(i+1) * golden * float64(p.index+1)))
		v += float64(0.7 * (part - 0.5))
	}
	return v
}

// pairPanel returns the panel of row i and column j.
func pairPanel(all []pairColumn, sets, scattered []drawnPoints, i, j int) *panel {
	p := &panel{aspect: 1, x: all[j].below, y: all[i].axis}
	switch {
	case j > i:
		p.empty = true
	case j == i:
		return all[i].spreadPanel(sets)
	default:
		p.draw = func(s *surface, v *view) {
			for k := range scattered {
				scattered[k].draw(s, v, all[j].value, all[i].value)
			}
		}
	}
	return p
}

// spreadPanel returns the panel of a column's histogram, or of the shares of categories.
func (p *pairColumn) spreadPanel(sets []drawnPoints) *panel {
	b := p.bins()
	shares := make([][]float64, len(sets))
	most := 0.0
	for k := range sets {
		shares[k] = p.histogram(sets[k].X, b)
		for _, share := range shares[k] {
			most = max(most, share)
		}
	}
	// The vertical axis has shares, whose numbers would be taken for those of the column.
	drawn := &panel{aspect: 1, x: p.below, y: axis{name: p.name, low: 0, high: 1.08 * most, fixed: true, bare: true}}
	drawn.draw = func(s *surface, v *view) {
		for k := range sets {
			if p.Kind == dataset.Category {
				p.bars(s, v, shares[k], sets[k], k, len(sets))
			} else {
				b.steps(s, v, shares[k], sets[k])
			}
		}
	}
	return drawn
}

// bins are those of a histogram, of equal width.
type bins struct {
	low, width float64
	n          int
}

// bins returns those of a column. Whole numbers have bins of as many numbers each: otherwise a bin of two beside one of
// three would be a mode.
func (p *pairColumn) bins() bins {
	const most = 30
	switch p.Kind {
	case dataset.Category:
		return bins{-0.5, 1, len(p.Categories)}
	case dataset.Integer:
		if numbers := p.greatest - p.least + 1; numbers < 1<<52 {
			width := math.Ceil(numbers / most)
			return bins{p.least - 0.5, width, int(math.Ceil(numbers / width))}
		}
	}
	return bins{p.low, (p.high - p.low) / most, most}
}

// histogram returns which shares of the values lie in each bin. Values outside are in none.
func (p *pairColumn) histogram(x kernels.Matrix64, b bins) []float64 {
	shares := make([]float64, b.n)
	for i := range x.Rows {
		v := x.Row(i)[p.index]
		if p.misses(v) {
			continue
		}
		bin := int((v - b.low) / b.width)
		shares[max(0, min(b.n-1, bin))] += 1 / float64(x.Rows)
	}
	return shares
}

// bars draws the shares of categories, of several sets beside each other.
func (p *pairColumn) bars(s *surface, v *view, shares []float64, set drawnPoints, k, sets int) {
	const wide = 0.8
	for c, share := range shares {
		left := float64(c) - wide/2 + float64(wide*float64(k)/float64(sets))
		a, b := v.at(left, 0), v.at(left+wide/float64(sets), share)
		s.rectangle(box{a.X, a.Y, b.X, b.Y}, faded(set.color, 1))
	}
}

// steps draws a histogram: of true points filled, otherwise its outline.
func (b bins) steps(s *surface, v *view, shares []float64, set drawnPoints) {
	from, to := max(b.low, v.x.low), min(b.low+float64(b.width*float64(b.n)), v.x.high)
	outline := []vg.Point{v.at(from, 0)}
	for k, share := range shares {
		left, right := b.low+float64(float64(k)*b.width), b.low+float64(float64(k+1)*b.width)
		outline = append(outline, v.at(max(left, from), share), v.at(min(right, to), share))
	}
	outline = append(outline, v.at(to, 0))
	if set.True {
		s.polygon(mixed(white, faded(set.color, 1), 0.6), outline...)
		return
	}
	s.line(faded(set.color, 1), curveLine, outline...)
}
