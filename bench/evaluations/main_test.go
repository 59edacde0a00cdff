package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/picture"
)

// TestPicture draws the picture twice and compares the bytes. It looks for every sampler's name, and for the
// heads of the tables in the page that shows them.
func TestPicture(t *testing.T) {
	var pictures [2]bytes.Buffer
	var m measured
	for i := range pictures {
		var err error
		if m, err = measure(t.Context(), 500); err != nil {
			t.Fatal(err)
		}
		p, err := draw(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Write(&pictures[i], picture.SVG); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(pictures[0].Bytes(), pictures[1].Bytes()) {
		t.Error("the second picture has other bytes")
	}
	page, err := os.ReadFile("../../docs/samplers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(m.errors, m.variances...) {
		if !strings.Contains(pictures[0].String(), ">"+s.name+"</text>") {
			t.Errorf("%s is not in the picture", s.name)
		}
	}
	for _, rows := range []string{table(m.errors), table(append(m.variances, m.shares...))} {
		if head, _, _ := strings.Cut(rows, "\n"); !strings.Contains(string(page), head+"\n") {
			t.Errorf("docs/samplers.md has no table with the head %s", head)
		}
	}
}
