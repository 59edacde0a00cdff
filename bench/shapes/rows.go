package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// row is a product's time by a driver.
type row struct {
	driver string
	shape.Shape
	seconds float64
}

// measurement is the content of a file of rows.
type measurement struct {
	conditions
	rows []row
}

// save writes the conditions, a line each after #, and the rows, each as a driver prints them after the
// driver's name.
func (m measurement) save(path string) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		fmt.Fprintf(w, "# threads %d\n# type %s\n# form %s\n# use %s\n# cores %s\n# link %.4f\n",
			m.threads, m.precision(), m.form(), m.use, m.cores, m.link*1e9)
		for _, r := range m.rows {
			_, err := fmt.Fprintf(w, "%s %v %.5f %.3f\n",
				r.driver, r.Shape, r.seconds*1e6, r.Flop()/r.seconds*1e-9)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// load reads a file that save wrote.
func load(path string) (measurement, error) {
	f, err := os.Open(path)
	if err != nil {
		return measurement{}, err
	}
	defer f.Close()
	m, err := read(f)
	if err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

func read(r io.Reader) (measurement, error) {
	var m measurement
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		var err error
		if condition, ok := strings.CutPrefix(lines.Text(), "# "); ok {
			err = m.set(condition)
		} else {
			var one row
			one, err = parseRow(lines.Text())
			m.rows = append(m.rows, one)
		}
		if err != nil {
			return m, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return m, err
	}
	if m.threads < 1 || !(m.link > 0) || m.use == "" {
		return m, errors.New("the lines # threads, # use and # link are missing; measure again with -out")
	}
	return m, nil
}

// set takes a line of conditions.
func (c *conditions) set(line string) error {
	name, value, _ := strings.Cut(line, " ")
	var err error
	switch name {
	case "threads":
		c.threads, err = strconv.Atoi(value)
	case "type":
		c.double = value == "float64"
	case "form":
		c.transA, c.transB = strings.HasPrefix(value, "T"), strings.HasSuffix(value, "T")
	case "use":
		c.use = value
	case "cores":
		c.cores = value
	case "link":
		c.link, err = strconv.ParseFloat(value, 64)
		c.link *= 1e-9
	default:
		return fmt.Errorf("condition %q: want threads, type, form, use, cores or link", name)
	}
	return err
}

// parseRow reads a driver's name, m n k, microseconds, and GFlop/s, which follow from the others.
func parseRow(line string) (row, error) {
	words := strings.Fields(line)
	wrong := fmt.Errorf("%q: want a name, m n k, microseconds, GFlop/s", line)
	if len(words) != 6 {
		return row{}, wrong
	}
	shapes, err := shape.Parse(words[1:4])
	if err != nil {
		return row{}, wrong
	}
	microseconds, err := strconv.ParseFloat(words[4], 64)
	if err != nil || !(microseconds > 0) || math.IsInf(microseconds, 0) {
		return row{}, wrong
	}
	return row{words[0], shapes[0], microseconds * 1e-6}, nil
}
