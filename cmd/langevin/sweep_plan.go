package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/seed964deb49/langevin/internal/fault"
	"github.com/seed964deb49/langevin/internal/oserror"
	"github.com/seed964deb49/langevin/internal/parts"
)

// point is the settings of a training of a sweep, by the names of flags.
type point map[string]json.RawMessage

// readGrid reads the trainings of a sweep. A file has either a list of objects of settings, one for each
// training, or one object of lists: then there is a training for each choice of one value from each list, the
// names in alphabetical order and the last one changing first.
func readGrid(path string) ([]point, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	}
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	var points []point
	if bytes.HasPrefix(text, []byte("[")) {
		if err := json.Unmarshal(text, &points); err != nil {
			return nil, fmt.Errorf("%s: want a list of objects such as [{\"rate\": 0.001}, {\"rate\": 0.002}]: %w", path, err)
		}
	} else {
		var lists map[string][]json.RawMessage
		if err := json.Unmarshal(text, &lists); err != nil {
			return nil, fmt.Errorf("%s: want an object of lists such as {\"rate\": [0.001, 0.002]}: %w", path, err)
		}
		if points, err = product(lists); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if len(points) == 0 || len(points) > parts.Most {
		return nil, fmt.Errorf("%s: there are %d trainings: want 1 to %d", path, len(points), parts.Most)
	}
	return points, nil
}

// product returns a point for each choice of one value from each list.
func product(lists map[string][]json.RawMessage) ([]point, error) {
	points := []point{{}}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		values := lists[name]
		if len(values) > 0 && len(points) > parts.Most/len(values) {
			return nil, fmt.Errorf("there are more than %d trainings", parts.Most)
		}
		var more []point
		for _, p := range points {
			for _, v := range values {
				q := maps.Clone(p)
				q[name] = v
				more = append(more, q)
			}
		}
		points = more
	}
	return points, nil
}

// over returns the settings with those of the base that the point does not have.
func (p point) over(base point) point {
	all := maps.Clone(base)
	if all == nil {
		all = point{}
	}
	maps.Copy(all, p)
	return all
}

// text returns the point as a file of settings, in alphabetical order.
func (p point) text() ([]byte, error) {
	text, err := json.MarshalIndent(p, "", "  ")
	return append(text, '\n'), err
}

// plan is the trainings of a sweep, as its directory keeps them.
type plan struct {
	Names  []string `json:"names"`  // of the settings that differ
	Points []point  `json:"points"` // all settings of each
}

const planFile = "sweep.json"

// newPlan returns the plan of a grid over a base.
func newPlan(base point, grid []point) *plan {
	p := &plan{}
	names := map[string]bool{}
	for _, g := range grid {
		all := g.over(base)
		p.Points = append(p.Points, all)
		for name := range g {
			names[name] = names[name] || !bytes.Equal(all[name], p.Points[0][name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if names[name] {
			p.Names = append(p.Names, name)
		}
	}
	return p
}

// readPlan returns the plan that a directory has, or nil for none.
func readPlan(dir string) (*plan, error) {
	path := filepath.Join(dir, planFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	}
	var p plan
	if err := json.Unmarshal(text, &p); err != nil || len(p.Points) == 0 {
		return nil, fmt.Errorf("%s is broken: it is not the plan of a sweep, which langevin sweep writes", path)
	}
	return &p, nil
}

// keep writes the plan into a directory, or returns an error if that has another one.
func (p *plan) keep(dir string) error {
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	path := filepath.Join(dir, planFile)
	old, err := os.ReadFile(path)
	switch {
	case err == nil && bytes.Equal(old, text):
		return nil
	case err == nil:
		return fmt.Errorf("%s holds another sweep: name another directory, or give the settings of that one", dir)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	}
	if err := fault.Do(fault.Mkdir, func() error { return os.MkdirAll(dir, 0o777) }); err != nil {
		return fmt.Errorf("cannot make the directory of the sweep: %w", err)
	}
	return writeText(path, text)
}
