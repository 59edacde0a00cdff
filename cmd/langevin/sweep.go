package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
)

// sweep is the command that trains with one setting after the other.
type sweep struct {
	Grid   string `required:"" placeholder:"FILE" help:"Settings to try, as JSON: an object of lists, of which each choice of one value from each is a training, or a list of objects, one for each."`
	Dir    string `required:"" placeholder:"DIR" help:"Directory of the sweep: its plan, and a run directory of each training. Trainings that are complete are left as they are, others go on from their checkpoints."`
	Config string `placeholder:"FILE" help:"Settings that all trainings have unless the grid says otherwise, as for train."`
	Data   string `placeholder:"NAME|FILE" help:"Data, as for train, unless the settings name them."`

	Shard  string `placeholder:"I/N" help:"Do only shard I of N, from 0 to N-1: trainings I, I+N, I+2N and so on. langevin merge prints the table when all are complete."`
	Shards count  `placeholder:"N" help:"Do a shard of N as --shard does. Which one it is, is the number of the task in SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or PARALLEL_SEQ."`

	quietFlag
}

// Run trains, and prints the table unless it does a shard only.
func (s *sweep) Run(c *console) error {
	shard, shards := 0, 1
	flags := shardFlags{Shard: s.Shard, Shards: s.Shards}
	if !flags.whole() {
		var err error
		if shard, shards, err = flags.find(); err != nil {
			return err
		}
	}
	p, err := s.plan()
	if err != nil {
		return err
	}
	if err := p.keep(s.Dir); err != nil {
		return err
	}
	if err := p.train(c, s.Dir, shard, shards); err != nil {
		return err
	}
	if shards > 1 {
		fmt.Fprintf(c.log, "shard %d of %d is done; when all are, langevin merge %s prints the table\n", shard, shards, s.Dir)
		return nil
	}
	return p.print(c.out, s.Dir)
}

// plan returns the trainings, each of whose settings is checked.
func (s *sweep) plan() (*plan, error) {
	grid, err := readGrid(s.Grid)
	if err != nil {
		return nil, err
	}
	base := point{}
	if s.Config != "" {
		text, err := os.ReadFile(s.Config)
		if err != nil {
			return nil, fmt.Errorf("cannot read the settings: %w", err)
		}
		parsed, err := parseSettings(s.Config, text)
		if err != nil {
			return nil, settingsError{err}
		}
		for _, v := range parsed.values {
			base[v.name] = v.text
		}
	}
	p := newPlan(base, grid)
	for i, q := range p.Points {
		if err := s.complete(q); err != nil {
			return nil, settingsError{fmt.Errorf("%s, training %d: %w", s.Grid, i, err)}
		}
	}
	return p, nil
}

// complete gives a point its data, by a path that holds in any directory, and checks its settings.
func (s *sweep) complete(q point) error {
	if _, ok := q["data"]; !ok && s.Data != "" {
		data := s.Data
		if !slices.Contains(dataset.Names(), data) {
			var err error
			if data, err = filepath.Abs(data); err != nil {
				return err
			}
		}
		q["data"] = fmt.Appendf(nil, "%q", data)
	}
	if _, ok := q["data"]; !ok {
		return errors.New("there are no data: name them by --data, or in the settings")
	}
	text, err := q.text()
	if err != nil {
		return err
	}
	parsed, err := parseSettings("its settings", text)
	if err != nil {
		return err
	}
	return parsed.fill(&train{})
}

// train does the trainings of a shard. One that fails does not keep it from the others.
func (p *plan) train(c *console, dir string, shard, shards int) error {
	var first error
	var failed []string
	for i := shard; i < len(p.Points); i += shards {
		err := trainPoint(c, dir, i, p.Points[i])
		if err == nil {
			continue
		}
		if context.Cause(c.ctx) != nil {
			return err
		}
		fmt.Fprintf(c.log, "training %d: %v\n", i, err)
		failed = append(failed, strconv.Itoa(i))
		first = cmp.Or(first, err)
	}
	switch len(failed) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("training %s of %s: %w", failed[0], dir, first)
	}
	return fmt.Errorf("trainings %s of %s have failed, the first of them: %w", strings.Join(failed, ", "), dir, first)
}

// pointDir returns the run directory of a training.
func pointDir(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("%05d", i)) }

// trainPoint trains with a point's settings as langevin train would, unless that is done already.
func trainPoint(c *console, dir string, i int, q point) error {
	run := pointDir(dir, i)
	text, err := q.text()
	if err != nil {
		return err
	}
	settings := run + ".json"
	if err := writeText(settings, text); err != nil {
		return err
	}
	args := []string{"train", "--config", settings, "--dir", run}
	if _, err := os.Stat((&runDir{path: run}).config()); !errors.Is(err, fs.ErrNotExist) {
		info, _, err := describeRun(&runDir{path: run})
		if err != nil {
			return err
		}
		if _, err := os.Stat((&runDir{path: run}).model()); err == nil && info.Complete {
			fmt.Fprintf(c.log, "training %d is complete already\n", i)
			return nil
		}
		args = []string{"train", "--resume", run}
	}
	fmt.Fprintf(c.log, "training %d: langevin train --config %s --dir %s\n", i, settings, run)
	line, err := newParser(&commands{}, c.log, c.warn).Parse(args)
	if err != nil {
		return err
	}
	quiet := &console{ctx: c.ctx, out: c.log, log: c.log, warn: c.warn, started: c.started}
	if err := c.hold(); err != nil {
		return err
	}
	return line.Run(quiet)
}
