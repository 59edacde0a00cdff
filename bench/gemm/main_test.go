package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/kernels"
)

// TestChoose checks that shapes come from triples or a seed, and that an implementation is selected.
func TestChoose(t *testing.T) {
	got, err := choose("generic", form{}, []string{"3", "4", "5"}, 1, 0)
	if err != nil || !slices.Equal(got, []shape.Shape{{M: 3, N: 4, K: 5}}) {
		t.Errorf("got %v, %v", got, err)
	}
	if kernels.Backend() != "generic" {
		t.Errorf("the implementation is %s", kernels.Backend())
	}
	got, err = choose("auto", form{}, nil, 2, 7)
	if err != nil || !slices.Equal(got, shape.Draw(2, 7)) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, wrong := range []struct {
		use     string
		form    form
		triples string
		count   int
	}{
		{use: "auto"},
		{use: "auto", count: -1},
		{use: "auto", triples: "1 2 3", count: 4},
		{use: "auto", triples: "1 2"},
		{use: "sse9", count: 1},
		{use: "auto", form: form{double: true, packed: true}, count: 1},
	} {
		triples := strings.Fields(wrong.triples)
		if _, err := choose(wrong.use, wrong.form, triples, 1, wrong.count); err == nil {
			t.Errorf("%+v passes", wrong)
		}
	}
}

// TestProduct checks that all forms of a product run, on the shape that they are asked for.
func TestProduct(t *testing.T) {
	for _, f := range []form{
		{}, {transA: true}, {transB: true}, {double: true}, {packed: true, transB: true},
	} {
		f.product(shape.Shape{M: 3, N: 5, K: 7})()
	}
}
