package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// TestPlot checks that the picture is XML, has a mark for each shape within the frame, and cuts no text: a
// letter is at most 0.62 of the font's size wide on average, in any sans-serif font.
func TestPlot(t *testing.T) {
	m := example()
	smallest, largest := shape.Shape{M: 1, N: 1, K: 1}, shape.Shape{M: 1024, N: 1024, K: 1024}
	for i, s := range append(shape.Draw(1, 40), smallest, largest) {
		for j, p := range peers {
			m.rows = append(m.rows, row{p.name, s, float64(i+1) * float64(j+1)})
		}
		m.rows = append(m.rows, row{ours, s, float64(50 - i)})
	}
	m.double, m.threads = true, 64
	verdicts, err := judge(m.rows)
	if err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(strings.NewReader(plot(m.conditions, verdicts)))
	marks := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "text":
			checkText(t, decoder, element)
		case "path":
			if inFrame(t, element) {
				marks++
			}
		}
	}
	if marks != len(verdicts) {
		t.Errorf("%d marks in the frame, want %d", marks, len(verdicts))
	}
}

// attributes returns an element's attributes by name.
func attributes(e xml.StartElement) map[string]string {
	list := map[string]string{}
	for _, a := range e.Attr {
		list[a.Name.Local] = a.Value
	}
	return list
}

// checkText checks that a text ends before the picture does. Where the text is turned, x counts from its
// middle, and the picture's height is what there is.
func checkText(t *testing.T, decoder *xml.Decoder, e xml.StartElement) {
	var content string
	if err := decoder.DecodeElement(&content, &e); err != nil {
		t.Fatal(err)
	}
	of := attributes(e)
	x, y, size := number(t, of["x"]), number(t, of["y"]), number(t, of["font-size"])
	extent := 0.62 * size * float64(utf8.RuneCountInString(content))
	if x == 0 && y == 0 {
		x, y = height/2, size
	}
	x -= map[string]float64{"start": 0, "middle": 0.5, "end": 1}[of["text-anchor"]] * extent
	if x < 0 || x+extent > width || y < size || y > height-size/3 {
		t.Errorf("%q at %s, %s from %.0f to %.0f is cut", content, of["x"], of["y"], x, x+extent)
	}
}

// inFrame says whether a mark is in the frame rather than in the legend, and fails where it is in neither.
func inFrame(t *testing.T, e xml.StartElement) bool {
	var x, y float64
	if _, err := fmt.Sscanf(attributes(e)["transform"], "translate(%f %f)", &x, &y); err != nil {
		t.Fatal(err)
	}
	if x > width-right+10 && x < width-10 {
		return false
	}
	if x < left || x > width-right || y < top || y > height-bottom {
		t.Errorf("mark at %v, %v lies outside the frame", x, y)
	}
	return true
}

func number(t *testing.T, s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
