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
	if _, err := output(exec.Command("go", "build", "-o", filepath.Join(dir, ours), "./bench/gemm")); err != nil {
		return err
	}
	if _, err := output(exec.Command(script, append([]string{dir}, names...)...)); err != nil {
		return fmt.Errorf("%w\n(on Debian install gcc libopenblas-dev libblis-dev libdnnl-dev libxsmm-dev, or leave some out by -peers)", err)
	}
	return nil
}

// announce says which kernels a peer has taken, and warns where these are not what was wanted or could be better.
func (d driver) announce(wanted string) error {
	command := exec.Command(d.path, "-core")
	command.Env = d.environment
	text, err := output(command)
	if err != nil {
		return err
	}
	core, advice, _ := strings.Cut(strings.TrimSpace(text), "\n")
	fmt.Fprintf(os.Stderr, "%s has taken its kernels for %s\n", d.name, core)
	tell, ok := told[wanted]
	if want := tell.cores[d.name]; core != want && want != "" {
		fmt.Fprintf(os.Stderr, "warning: for %s these should be those for %s\n", wanted, want)
	} else if !ok && advice != "" {
		fmt.Fprintf(os.Stderr, "warning: they use shorter vectors than this processor has; set %s\n", advice)
	}
	return nil
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
		return "", errors.New(strings.TrimSpace(fmt.Sprintf("%s: %v\n%s", filepath.Base(c.Path), err, complaints.String())))
	}
	return string(text), nil
}
