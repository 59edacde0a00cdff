package live

import (
	"errors"
	"fmt"
	"testing"
)

// TestSentence: what a page says names no package, and leaves names of files alone.
func TestSentence(t *testing.T) {
	for _, c := range [][2]string{
		{"smld: a.csv: too few to learn from", "a.csv: too few to learn from"},
		{"drawing a: smld: the option Eps is 0", "drawing a: the option Eps is 0"},
		{"ok-mlp: 2.csv: no rows", "ok-mlp: 2.csv: no rows"},
	} {
		if got := sentence(errors.New(c[0])); got != c[1] {
			t.Errorf("%q became %q, want %q", c[0], got, c[1])
		}
	}
	s := New("one", Config{})
	t.Cleanup(s.Close)
	p := open(t, s)
	text := []byte("x,y\n1,2\n")
	p.ask(Request{Do: "data", Files: []Upload{{Name: "a.csv", Size: int64(len(text))}}}, text...)
	if f, _, _ := await[Failure](p, 0, anyOf); f.Message != "a.csv: too few to learn from: rows 1, values in a row 2; want two rows" {
		t.Errorf("%q", f.Message)
	}
	p.ask(Request{Do: "data", Name: "moons"})
	p.ask(Request{Do: "train", Settings: &Settings{Steps: 50, Batch: 8, Hidden: []int{4}, Rate: 1e30}})
	f, _, _ := await(p, 0, func(s State, _ []byte) bool { return s.Phase == failed })
	if want := fmt.Sprintf("training diverged at step %d", f.Step); len(f.Message) < len(want) || f.Message[:len(want)] != want {
		t.Errorf("%q, want it to begin with %q", f.Message, want)
	}
}
