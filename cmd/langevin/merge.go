package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/internal/parts"
)

// merge is the command that joins the parts of a run.
type merge struct {
	Dir       string   `arg:"" help:"Directory of the parts."`
	Arguments []string `arg:"" optional:"" passthrough:"" help:"Flags that take the place of those of the run, such as -- --out other.npy."`

	quietFlag
}

// shared is a command whose run can be shared out.
type shared interface {
	divide(c *console, line *kong.Context) (*divisible, error)
}

// parseAgain parses a command line that a file has. One that asks for help is an error, as no run has it.
func parseAgain(args []string) (line *kong.Context, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exit:
			line, err = nil, errors.New("they ask for help")
		default:
			panic(r)
		}
	}()
	return newParser(&commands{}, io.Discard, io.Discard).Parse(args)
}

// Run checks that the parts are all there, and does with their rows what the whole run would do.
func (m *merge) Run(c *console) error {
	if p, err := readPlan(m.Dir); p != nil || err != nil {
		if err != nil {
			return err
		}
		return p.print(c.out, m.Dir)
	}
	all, err := parts.Collect(m.Dir)
	if err != nil {
		return err
	}
	more := m.Arguments
	if len(more) > 0 && more[0] == "--" {
		more = more[1:]
	}
	line, err := parseAgain(append(all[0].Arguments, withoutShard(more)...))
	if err != nil {
		return fmt.Errorf("the run of %s cannot be read from its parts: %w", m.Dir, err)
	}
	command, ok := line.Selected().Target.Addr().Interface().(shared)
	if !ok {
		return fmt.Errorf("%s has parts of langevin %s, of which there are none", m.Dir, line.Selected().Name)
	}
	d, err := command.divide(c, line)
	if err != nil {
		return err
	}
	run, err := d.identity()
	if err != nil {
		return err
	}
	first := all[0].Header
	if !bytes.Equal(run, first.Run) || d.total != first.Total || d.cols != first.Cols || d.double != first.Double {
		return fmt.Errorf("the parts in %s are of another run than %s and its files now give: model or data have changed "+
			"since, or flags were given: the parts have %s, and now it would be %s", m.Dir, line.Selected().Name, first.Run, run)
	}
	return d.finish(c, &partRows{all, d.cols})
}
