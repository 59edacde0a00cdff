package smld_test

import (
	"os"
	"strings"
	"testing"
)

// TestReadme: ExampleChoose runs what the README shows of the library, up to where samples are written.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(source), "func ExampleChoose() {")
	_, block, _ := strings.Cut(string(readme), "## The library\n\n```go\n")
	block, _, found := strings.Cut(block, "err = dataset.Write(")
	if !found {
		t.Fatal("no such part in the README")
	}
	last, lines := 0, 0
	for line := range strings.Lines(block) {
		statement, _, _ := strings.Cut(line, "  //")
		if statement, _, _ = strings.Cut(statement, " //"); strings.TrimSpace(statement) == "" {
			continue
		}
		statement = strings.TrimSpace(statement)
		at := strings.Index(example, "\t"+statement+"\n")
		if lines++; at < last {
			t.Errorf("%q is not in the example, or out of order", statement)
		} else {
			last = at
		}
	}
	if lines < 6 {
		t.Errorf("%d statements in the README", lines)
	}
}
