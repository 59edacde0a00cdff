package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/internal/implementation"
	_ "github.com/seed964deb49/langevin/kernels" // registers the implementations
)

// ours is the name of the Go driver, in rows too.
const ours = "ours"

// driver is a program that prints a row for each triple m n k.
type driver struct {
	name, path  string
	options     []string
	environment []string
}

// prepare builds the drivers, ours first. It has c.use name the implementation that auto stands for, and
// c.cores tell the peers' types of core.
func prepare(dir string, c *conditions, names []string) ([]driver, error) {
	wanted := c.use
	use, err := implementationOf(wanted)
	if err != nil {
		return nil, err
	}
	c.use = use
	if err := build(dir, names); err != nil {
		return nil, err
	}
	drivers := []driver{ourDriver(dir, *c)}
	var cores []string
	for _, name := range names {
		d := driver{name, filepath.Join(dir, name), c.options(), peerEnvironment(wanted, c.threads)}
		core, err := d.core(wanted)
		if err != nil {
			return nil, err
		}
		drivers = append(drivers, d)
		cores = append(cores, name+" "+core)
	}
	c.cores = strings.Join(cores, ", ")
	return drivers, nil
}

// ourDriver returns the Go driver.
func ourDriver(dir string, c conditions) driver {
	options := append([]string{"-threads", strconv.Itoa(c.threads), "-use", c.use}, c.options()...)
	return driver{ours, filepath.Join(dir, ours), options, os.Environ()}
}

// implementationOf returns the name of an implementation of ours, the fastest for auto.
func implementationOf(use string) (string, error) {
	all := implementation.All()
	if use == "auto" {
		return all[0], nil
	}
	if !slices.Contains(all, use) {
		return "", fmt.Errorf("-use %s: this machine has %s", use, strings.Join(all, ", "))
	}
	return use, nil
}

// build makes the programs of ours and of the peers.
func build(dir string, names []string) error {
	script := filepath.Join("bench", "peers", "build.sh")
	if _, err := os.Stat(script); err != nil {
		return fmt.Errorf("%w (run this in the root of the repository)", err)
	}
	compile := exec.Command("go", "build", "-o", filepath.Join(dir, ours), "./bench/gemm")
	if _, err := output(compile); err != nil {
		return err
	}
	if _, err := output(exec.Command(script, append([]string{dir}, names...)...)); err != nil {
		return fmt.Errorf("%w\n(on Debian install gcc libopenblas-dev libblis-dev libdnnl-dev libxsmm-dev, "+
			"or leave some out by -peers)", err)
	}
	return nil
}

// core returns the type of core that a peer has taken its kernels for, and warns where that is not what was
// wanted or could be better.
func (d driver) core(wanted string) (string, error) {
	command := exec.Command(d.path, "-core")
	command.Env = d.environment
	text, err := output(command)
	if err != nil {
		return "", err
	}
	core, advice, _ := strings.Cut(strings.TrimSpace(text), "\n")
	tell, ok := told[wanted]
	if want := tell.cores[d.name]; core != want && want != "" {
		fmt.Fprintf(os.Stderr, "warning: %s has taken its kernels for %s; for %s it should be %s\n",
			d.name, core, wanted, want)
	} else if !ok && advice != "" {
		fmt.Fprintf(os.Stderr, "warning: %s's kernels for %s use shorter vectors than this processor has; "+
			"set %s\n", d.name, core, advice)
	}
	return core, nil
}

// time runs the driver on some shapes.
func (d driver) time(shapes []shape.Shape) ([]row, error) {
	arguments := slices.Clone(d.options)
	for _, s := range shapes {
		arguments = append(arguments, strings.Fields(s.String())...)
	}
	command := exec.Command(d.path, arguments...)
	command.Env = d.environment
	text, err := output(command)
	if err != nil {
		return nil, err
	}
	var rows []row
	for line := range strings.Lines(text) {
		r, err := parseRow(d.name + " " + line)
		if err != nil {
			return nil, fmt.Errorf("%s printed %w", d.name, err)
		}
		rows = append(rows, r)
	}
	if len(rows) != len(shapes) {
		return nil, fmt.Errorf("%s printed %d rows for %d shapes", d.name, len(rows), len(shapes))
	}
	return rows, nil
}

// output runs a command and returns what it printed; an error has what it complained about.
func output(c *exec.Cmd) (string, error) {
	var complaints bytes.Buffer
	c.Stderr = &complaints
	text, err := c.Output()
	if err != nil {
		message := fmt.Sprintf("%s: %v\n%s", filepath.Base(c.Path), err, complaints.String())
		return "", errors.New(strings.TrimSpace(message))
	}
	return string(text), nil
}
