// Command shapes times matrix products of random shapes here and in C libraries, in the same minutes, and
// judges ours by the best of theirs. It builds and runs the drivers of bench/gemm and bench/peers; the README
// of bench says what it prints.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// plan is what to measure, and how often.
type plan struct {
	seeds, peers  string
	count, rounds int
}

// files are where results come from and go to besides standard output; empty paths are none.
type files struct{ judge, out, plot string }

func main() {
	var c conditions
	var f files
	var p plan
	flag.StringVar(&p.seeds, "seeds", "1 2 3", "seeds of the shapes")
	flag.IntVar(&p.count, "count", 60, "shapes of each seed")
	flag.IntVar(&p.rounds, "rounds", 5, "times that every driver runs, of which the best counts")
	flag.StringVar(&p.peers, "peers", "", "peers to time; by default all that have such a product")
	flag.IntVar(&c.threads, "threads", 1, "cores to use")
	flag.BoolVar(&c.double, "double", false, "float64 instead of float32, without oneDNN and libxsmm")
	flag.BoolVar(&c.transA, "ta", false, "A is transposed")
	flag.BoolVar(&c.transB, "tb", false, "B is transposed")
	flag.StringVar(&c.use, "use", "auto", "avx512 or avx2, which the peers are told too; "+
		"or an implementation of ours, while\n"+
		"the peers choose for themselves: generic, neon, or auto for the fastest")
	flag.StringVar(&f.out, "out", "", "write every measured row to this file")
	flag.StringVar(&f.judge, "judge", "", "judge the rows of this file, and measure nothing")
	flag.StringVar(&f.plot, "plot", "", "draw the ratios in this SVG file")
	flag.Parse()
	if err := run(c, f, p); err != nil {
		fmt.Fprintln(os.Stderr, "shapes:", err)
		os.Exit(1)
	}
}

func run(c conditions, f files, p plan) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("argument %q: want flags only", flag.Arg(0))
	}
	for _, path := range []string{f.out, f.plot} {
		if path == "" {
			continue
		}
		if err := atomicfile.Check(path); err != nil {
			return err
		}
	}
	var m measurement
	var err error
	if f.judge != "" {
		m, err = load(f.judge)
	} else {
		m, err = measureAll(c, f.out, p)
	}
	if err != nil {
		return err
	}
	verdicts, err := judge(m.rows)
	if err != nil {
		return err
	}
	report(os.Stdout, m.conditions, verdicts)
	if f.plot == "" {
		return nil
	}
	return atomicfile.Write(f.plot, func(w io.Writer) error {
		_, err := io.WriteString(w, plot(m.conditions, verdicts))
		return err
	})
}

// measureAll draws the shapes, builds the drivers and runs them.
func measureAll(c conditions, out string, p plan) (measurement, error) {
	if p.count < 1 || p.rounds < 1 || c.threads < 1 {
		return measurement{}, fmt.Errorf("-count %d -rounds %d -threads %d: want 1 or more",
			p.count, p.rounds, c.threads)
	}
	shapes, err := draw(words(p.seeds), p.count)
	if err != nil {
		return measurement{}, err
	}
	names, err := choosePeers(c.double, words(p.peers))
	if err != nil {
		return measurement{}, err
	}
	dir, err := os.MkdirTemp("", "shapes")
	if err != nil {
		return measurement{}, err
	}
	defer os.RemoveAll(dir)
	drivers, err := prepare(dir, &c, names)
	if err != nil {
		return measurement{}, err
	}
	return measure(measurement{conditions: c}, drivers, shapes, p.rounds, out)
}

// words splits a list at spaces and commas.
func words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == ',' })
}

// draw returns the shapes of all seeds.
func draw(seeds []string, count int) ([]shape.Shape, error) {
	var shapes []shape.Shape
	for _, word := range seeds {
		seed, err := strconv.ParseUint(word, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("-seeds: seed %q: want a number", word)
		}
		shapes = append(shapes, shape.Draw(seed, count)...)
	}
	if len(shapes) == 0 {
		return nil, errors.New("-seeds: want at least one")
	}
	return shapes, nil
}
