package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const half = `package p

import "fmt"

// Half is half of the elements before n, but for rounding.
func Half(x []int, n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		sum += x[i]
	}
	if n < 0 {
		panic(fmt.Sprint(n + 1))
	}
	return int(float64(sum) * 0.5)
}
`

// TestChanges: numbers, indices, comparisons and operators are changed one at a time, messages are not.
func TestChanges(t *testing.T) {
	changes, err := changesIn("p/half.go", []byte(half))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range changes {
		got = append(got, strings.TrimPrefix(c.String(), "p/half.go:"))
	}
	want := []string{
		"7: 0 -> (0+1)", "8: 0 -> (0+1)", "8: i < n -> i <= n", "9: sum += x[i] -> sum -= x[i]",
		"9: x[i] -> x[i+1]", "11: n < 0 -> n <= 0", "11: 0 -> (0+1)",
		"14: float64(sum) * 0.5 -> float64(sum) + 0.5", "14: 0.5 -> (0.5*1.001+1e-30)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("changes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTrial: a change that a test notices is killed, another survives, and the source is as it was afterwards.
func TestTrial(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "go.mod", "module m\n\ngo 1.25\n")
	write(t, dir, "p/half.go", half)
	write(t, dir, "p/half_test.go", `package p

import "testing"

func TestHalf(t *testing.T) {
	if got := Half([]int{4, 6, 9}, 2); got != 5 {
		t.Error(got)
	}
}
`)
	changes, err := changesIn("p/half.go", []byte(half))
	if err != nil {
		t.Fatal(err)
	}
	tried := trial{dir: dir, pkg: "p", limit: time.Minute}
	if err := tried.begin(); err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]outcome{2: killed, 4: killed, 5: survived, 8: survived} {
		if got, err := tried.of(changes[i]); got != want || err != nil {
			t.Errorf("%v: %s, %v, want %s", changes[i], got, err, want)
		}
	}
	if after, err := os.ReadFile(filepath.Join(dir, "p", "half.go")); err != nil || string(after) != half {
		t.Errorf("the source becomes %s, %v", after, err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
