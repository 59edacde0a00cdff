package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/smld"
)

// TestChosenColumns: a training says how many rows and columns it read, and takes those that flags choose.
func TestChosenColumns(t *testing.T) {
	in := t.TempDir()
	data, out := filepath.Join(in, "x.csv"), filepath.Join(in, "m.st")
	text := "a,b,c\n"
	for i := range 30 {
		text += fmt.Sprintf("%d,%d,%d.5\n", i*i%7, i*i%11, i)
	}
	if err := os.WriteFile(data, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags        []string
		names, words string
	}{
		{nil, "a b c", "30 rows of 3 columns, parted by commas; line 1 is a header"},
		{[]string{"--columns", "c,1"}, "c a", "30 rows of 2 columns out of 3"},
		{[]string{"--drop", "b"}, "a c", "30 rows of 2 columns out of 3"},
		{[]string{"--columns", "a,b", "--drop", "1"}, "b", "30 rows of 1 column out of 3"},
	} {
		code, _, stderr := command(append([]string{"train", "--data", data, "--out", out, "--steps", "2", "--batch", "4", "--hidden", "4"},
			c.flags...)...)
		if code != 0 || !strings.Contains(stderr, c.words) {
			t.Fatalf("%v: code %d, %s, want words %q", c.flags, code, stderr, c.words)
		}
		model, err := smld.LoadModel(out)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, column := range model.Encoding.Columns {
			names = append(names, column.Name)
		}
		if got := strings.Join(names, " "); got != c.names {
			t.Errorf("%v: the model is of the columns %s, want %s", c.flags, got, c.names)
		}
	}
}
