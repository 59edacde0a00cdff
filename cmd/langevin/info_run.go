package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// runInfo is what info prints of a run directory.
type runInfo struct {
	Steps       int             `json:"steps"` // of the training
	Done        int             `json:"done"`  // by the last checkpoint
	Checkpoints []int           `json:"checkpoints"`
	Complete    bool            `json:"complete"` // all steps are done
	Metrics     *metricsLine    `json:"metrics,omitempty"`
	Settings    json.RawMessage `json:"settings"`
}

// describeRun describes a run and its model: that of the last checkpoint or, where the run has it and all
// steps are done, the file. It takes no lock, and so works while the run goes on.
func describeRun(dir *runDir) (*runInfo, *modelInfo, error) {
	text, err := os.ReadFile(dir.config())
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read the run's settings: %w", err)
	}
	parsed, err := parseSettings(dir.config(), text)
	if err != nil {
		return nil, nil, err
	}
	var settings train
	if err := parsed.fill(&settings); err != nil {
		return nil, nil, err
	}
	r := &runInfo{Steps: settings.Steps, Settings: bytes.TrimPrefix(text, []byte("\ufeff"))}
	if r.Checkpoints, err = dir.steps(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	if r.Metrics, err = dir.lastLoss(); err != nil {
		return nil, nil, err
	}
	path := ""
	if n := len(r.Checkpoints); n > 0 {
		r.Done = r.Checkpoints[n-1]
		path = dir.checkpoint(r.Done)
	}
	r.Complete = slices.Contains(r.Checkpoints, r.Steps)
	if _, err := os.Stat(dir.model()); err == nil && (r.Complete || path == "") {
		path = dir.model()
	}
	if path == "" {
		return r, nil, nil
	}
	model, _, err := smld.Inspect(path)
	if err != nil {
		return nil, nil, err
	}
	return r, describeModel(model), nil
}

// lastLoss returns the last line of the metrics that has a loss, or nil.
func (d *runDir) lastLoss() (*metricsLine, error) {
	return d.lastLine(func(m *metricsLine) bool { return m.Loss != nil })
}

// lastHeldOut returns the last line of the metrics that has held-out losses, or nil.
func (d *runDir) lastHeldOut() (*metricsLine, error) {
	return d.lastLine(func(m *metricsLine) bool { return len(m.HeldOut) > 0 })
}

// lastLine returns the last line of the metrics that is such a one, or nil.
func (d *runDir) lastLine(such func(*metricsLine) bool) (*metricsLine, error) {
	text, err := os.ReadFile(d.metrics())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the metrics: %w", err)
	}
	var last *metricsLine
	for line := range strings.Lines(string(text)) {
		var m metricsLine
		if json.Unmarshal([]byte(line), &m) == nil && such(&m) {
			last = &m
		}
	}
	return last, nil
}

// print prints the run in lines of two columns.
func (r *runInfo) print(w io.Writer) {
	state := "not complete"
	if r.Complete {
		state = "complete"
	}
	fmt.Fprintf(w, "steps done\t%d of %d, %s\n", r.Done, r.Steps, state)
	fmt.Fprintf(w, "checkpoints\t%s\n", setup.Sizes(r.Checkpoints))
	if m := r.Metrics; m != nil {
		fmt.Fprintf(w, "loss\t%.4g at step %d\n", *m.Loss, m.Step)
	}
	var line bytes.Buffer
	if json.Compact(&line, r.Settings) == nil {
		fmt.Fprintf(w, "settings\t%s\n", &line)
	}
}
