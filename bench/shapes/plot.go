package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The picture, in pixels: its size, and the margins around the frame that the marks are in. The right one has
// the legend.
const (
	width, height            = 980, 560
	left, right, top, bottom = 90, 230, 70, 70
)

// plot returns an SVG picture of the ratios over m*n*k, both on logarithmic axes: a mark for each shape,
// whose form and colour are its class's, and which is hollow where chains are few.
func plot(c conditions, verdicts []verdict) string {
	p := newPicture(verdicts)
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" `+
		`width="%[1]d" height="%d" font-family="sans-serif">`+"\n", width, height)
	fmt.Fprintf(p, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	p.text(left, 28, "start", 18, "Products of random shapes: our speed over that of the best peer")
	p.text(left, 50, "start", 14, fmt.Sprintf("%v; peers: %s", c, titles(verdicts)))
	p.axes()
	for _, v := range verdicts {
		_, _, few := c.bound(v.Shape)
		p.mark(classify(v.Shape), p.x(v.Volume()), p.y(v.ratio), few,
			fmt.Sprintf("%d x %d x %d: %.2f of %s", v.M, v.N, v.K, v.ratio, v.peer))
	}
	p.legend(c)
	p.WriteString("</svg>\n")
	return p.String()
}

// titles returns the names of the peers that have rows.
func titles(verdicts []verdict) string {
	var list []string
	for _, p := range peers {
		if len(next(verdicts, p.name)) > 0 {
			list = append(list, p.title)
		}
	}
	return strings.Join(list, ", ")
}

// picture is an SVG file in the making, and its scales: powers of ten along x, of two along y.
type picture struct {
	strings.Builder
	firstTen, lastTen, firstTwo, lastTwo int
}

// newPicture returns an empty one with room for all verdicts.
func newPicture(verdicts []verdict) *picture {
	p := &picture{lastTen: 1, firstTwo: -1, lastTwo: 1}
	for _, v := range verdicts {
		p.lastTen = max(p.lastTen, int(math.Ceil(math.Log10(v.Volume()))))
		p.firstTwo = min(p.firstTwo, int(math.Floor(math.Log2(v.ratio))))
		p.lastTwo = max(p.lastTwo, int(math.Ceil(math.Log2(v.ratio))))
	}
	return p
}

func (p *picture) x(volume float64) float64 {
	part := (math.Log10(volume) - float64(p.firstTen)) / float64(p.lastTen-p.firstTen)
	return left + part*(width-left-right)
}

func (p *picture) y(ratio float64) float64 {
	part := (math.Log2(ratio) - float64(p.firstTwo)) / float64(p.lastTwo-p.firstTwo)
	return height - bottom - part*(height-top-bottom)
}

// text writes s with its start, middle or end at x.
func (p *picture) text(x, y float64, anchor string, size int, s string) {
	fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="%s" font-size="%d" fill="#222222">%s</text>`+"\n",
		x, y, anchor, size, html.EscapeString(s))
}

func (p *picture) line(x1, y1, x2, y2 float64, colour string, thickness float64) {
	fmt.Fprintf(p, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="%.1f"/>`+"\n",
		x1, y1, x2, y2, colour, thickness)
}

// axes draws a grid with its numbers, the names of the axes, and the line where both are equally fast.
func (p *picture) axes() {
	const grid = "#dddddd"
	for i := p.firstTen; i <= p.lastTen; i++ {
		x := p.x(math.Pow10(i))
		p.line(x, top, x, height-bottom, grid, 1)
		p.text(x, height-bottom+20, "middle", 13, power(i))
	}
	for i := p.firstTwo; i <= p.lastTwo; i++ {
		y := p.y(math.Exp2(float64(i)))
		p.line(left, y, width-right, y, grid, 1)
		p.text(left-10, y+5, "end", 13, fmt.Sprint(math.Exp2(float64(i))))
	}
	p.line(left, p.y(1), width-right, p.y(1), "#222222", 2)
	p.text(left+(width-left-right)/2, height-22, "middle", 14, "m·n·k")
	fmt.Fprintf(p, `<g transform="translate(28 %d) rotate(-90)">`, top+(height-top-bottom)/2)
	p.text(0, 0, "middle", 14, "ratio, above 1 ours is faster")
	p.WriteString("</g>\n")
}

// power writes ten to the i.
func power(i int) string {
	digits := strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return "10" + digits.Replace(fmt.Sprint(i))
}
