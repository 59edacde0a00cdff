package api

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/api.txt anew")

// TestExported: docs/api.txt has what the packages export. A change of it is a change of the contract, see
// docs/versioning.md, and has its line in the changelog.
func TestExported(t *testing.T) {
	got, err := List("../..", "./kernels", "./kernels/gonumblas", "./mlp", "./smld", "./metrics", "./picture", "./dataset", "./safetensors")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "..", "docs", "api.txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	for _, line := range only(string(want), got) {
		t.Errorf("gone from the exported surface: %s", line)
	}
	for _, line := range only(got, string(want)) {
		t.Errorf("new in the exported surface: %s", line)
	}
	t.Error("where that is meant: go test ./internal/api -update, and a line in CHANGELOG.md")
}

// only returns the lines of a that b has not, each with its package and type before it.
func only(a, b string) (lines []string) {
	other := map[string]bool{}
	for _, line := range qualified(b) {
		other[line] = true
	}
	for _, line := range qualified(a) {
		if !other[line] {
			lines = append(lines, line)
		}
	}
	return lines
}

// qualified returns the lines of a list with their package and type before them.
func qualified(list string) (lines []string) {
	in, of := "", ""
	for line := range strings.Lines(list) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "package "):
			in = strings.TrimPrefix(line, "package ")
		case strings.HasPrefix(line, "\t"):
			lines = append(lines, in+": "+of+": "+strings.TrimSpace(line))
		case line != "":
			of, _, _ = strings.Cut(line, " struct")
			lines = append(lines, in+": "+line)
		}
	}
	return lines
}

// TestList: each kind of identifier has its line.
func TestList(t *testing.T) {
	const want = `package p

type A = S
const C int8 = 3
func F[T any](x T) (S, error)
type I interface{M()}
type N []int
	func (N) Len() int
type S struct, not comparable
	field X float32 ` + "`json:\"x\"`" + `
	field Y []int
	fields that are not exported
	func (S) Get() float32
	func (*S) Set(x float32)
var V map[string]int

`
	got, err := List("testdata/p", ".")
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("got\n%s", got)
	}
}
