// Command shapes times matrix products of random shapes here and in C libraries, in the same minutes, and judges ours by the
// best of theirs. It builds and runs the drivers of bench/gemm and bench/peers; the README of bench says what it prints.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// files are where results come from and go to besides standard output; empty paths are none.
type files struct{ judge, out, plot string }

func main() {
	var c conditions
	var f files
	seeds := flag.String("seeds", "1 2 3", "seeds of the shapes")
	count := flag.Int("count", 60, "shapes of each seed")
	rounds := flag.Int("rounds", 5, "times that every driver runs, of which the best counts")
	peers := flag.String("peers", "", "peers with spaces between; by default all that have such a product")
	flag.IntVar(&c.threads, "threads", 1, "cores to use")
	flag.BoolVar(&c.double, "double", false, "float64 instead of float32, without oneDNN and libxsmm")
	flag.BoolVar(&c.transA, "ta", false, "A is transposed")
	flag.BoolVar(&c.transB, "tb", false, "B is transposed")
	flag.StringVar(&c.use, "use", "auto", "avx512 or avx2, which the peers are told too; or an implementation of ours, while\n"+
		"the peers choose for themselves: generic, neon, or auto for the fastest")
	flag.StringVar(&f.out, "out", "", "write every measured row to this file")
	flag.StringVar(&f.judge, "judge", "", "judge the rows of this file, and measure nothing")
	flag.StringVar(&f.plot, "plot", "", "draw the ratios in this SVG file")
	flag.Parse()
	if err := run(c, f, *seeds, *count, *rounds, *peers); err != nil {
		fmt.Fprintln(os.Stderr, "shapes:", err)
		os.Exit(1)
	}
}

func run(c conditions, f files, seeds string, count, rounds int, peers string) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("argument %q: want flags only", flag.Arg(0))
	}
	var m measurement
	var err error
	if f.judge != "" {
		m, err = load(f.judge)
	} else {
		m, err = measureAll(c, f.out, seeds, count, rounds, peers)
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
func measureAll(c conditions, out, seeds string, count, rounds int, peers string) (measurement, error) {
	if count < 1 || rounds < 1 || c.threads < 1 {
		return measurement{}, fmt.Errorf("-count %d -rounds %d -threads %d: want 1 or more", count, rounds, c.threads)
	}
	shapes, err := draw(seeds, count)
	if err != nil {
		return measurement{}, err
	}
	names, err := choosePeers(c.double, peers)
	if err != nil {
		return measurement{}, err
	}
	environment := peerEnvironment(c.use, c.threads)
	wanted := c.use
	if c.use, err = implementationOf(c.use); err != nil {
		return measurement{}, err
	}
	dir, err := os.MkdirTemp("", "shapes")
	if err != nil {
		return measurement{}, err
	}
	defer os.RemoveAll(dir)
	drivers := []driver{ourDriver(dir, c)}
	for _, name := range names {
		drivers = append(drivers, driver{name, filepath.Join(dir, name), c.options(), environment})
	}
	if err := build(dir, names); err != nil {
		return measurement{}, err
	}
	for _, d := range drivers[1:] {
		if err := d.announce(wanted); err != nil {
			return measurement{}, err
		}
	}
	return measure(measurement{conditions: c}, drivers, shapes, rounds, out)
}

// draw returns the shapes of all seeds.
func draw(seeds string, count int) ([]shape.Shape, error) {
	var shapes []shape.Shape
	for _, word := range strings.Fields(seeds) {
		var seed uint64
		if _, err := fmt.Sscan(word, &seed); err != nil {
			return nil, fmt.Errorf("-seeds: seed %q: want a number", word)
		}
		shapes = append(shapes, shape.Draw(seed, count)...)
	}
	if len(shapes) == 0 {
		return nil, errors.New("-seeds: want at least one")
	}
	return shapes, nil
}
