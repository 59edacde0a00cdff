package main

import (
	"fmt"
	"html"
)

// colours tell the classes apart for the colour-blind too: Okabe and Ito's, with dark grey. So do the marks'
// forms.
var colours = [classes]string{
	fewRows:    "#0072B2",
	fewColumns: "#D55E00",
	shallow:    "#009E73",
	others:     "#4D4D4D",
}

// outlines are the forms of marks around 0, 0, of about equal areas.
var outlines = [classes]string{
	fewRows:    "M-5.5 0 a5.5 5.5 0 1 0 11 0 a5.5 5.5 0 1 0 -11 0 z",
	fewColumns: "M-5 -5 h10 v10 h-10 z",
	shallow:    "M0 -7 L6.5 5 h-13 z",
	others:     "M0 -7 L7 0 L0 7 L-7 0 z",
}

// mark draws a class's mark, and has a browser show a note where the pointer rests on it.
func (p *picture) mark(c class, x, y float64, hollow bool, note string) {
	fill := colours[c]
	if hollow {
		fill = "white"
	}
	fmt.Fprintf(p, `<path class="mark" transform="translate(%.1f %.1f)" d="%s" `+
		`fill="%s" fill-opacity="0.7" stroke="%s" stroke-width="1.5">`,
		x, y, outlines[c], fill, colours[c])
	fmt.Fprintf(p, "<title>%s</title></path>\n", html.EscapeString(note))
}

// legend explains the marks, to the right of the frame.
func (p *picture) legend(c conditions) {
	const x, step = width - right + 30, 42
	y := float64(top + 20)
	for class := range classes {
		p.mark(class, x, y, false, class.String())
		p.text(x+18, y+5, "start", 14, class.String())
		p.text(x+18, y+21, "start", 12, class.meaning())
		y += step
	}
	y += step / 2
	for class := range classes {
		p.mark(class, x+float64(class)*18, y, true, "few chains")
	}
	p.text(x-8, y+26, "start", 14, "hollow: few chains")
	p.text(x-8, y+42, "start", 12, fmt.Sprintf("m·n below %d", units*latency*c.lanes()))
}
