package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/internal/fault"
	"github.com/seed964deb49/langevin/smld"
)

// A run directory holds all that a training leaves: its settings, checkpoints to go on from, metrics, pictures of samples,
// and in the end the model.
type runDir struct {
	path string
	keep int          // checkpoints
	last int          // step of the last checkpoint that this process wrote or read, or none
	bad  map[int]bool // steps of checkpoints that it could not read
	lock *flock.Flock
}

const none = -1

func (d *runDir) file(name string) string { return filepath.Join(d.path, name) }
func (d *runDir) config() string          { return d.file("config.json") }
func (d *runDir) metrics() string         { return d.file("metrics.jsonl") }
func (d *runDir) model() string           { return d.file("model.safetensors") }
func (d *runDir) checkpoints() string     { return d.file("checkpoints") }

const checkpointSuffix = ".safetensors"

func (d *runDir) checkpoint(step int) string {
	return filepath.Join(d.checkpoints(), fmt.Sprintf("%010d%s", step, checkpointSuffix))
}

// newRun makes a run directory for settings and locks it. One that holds a run already is left alone.
func newRun(path string, settings *train) (*runDir, error) {
	d := &runDir{path: path, keep: settings.Keep, last: none}
	if err := fault.Do(fault.Mkdir, func() error { return os.MkdirAll(d.checkpoints(), 0o777) }); err != nil {
		return nil, fmt.Errorf("cannot make the folder %s: %w", d.checkpoints(), err)
	}
	if err := d.take(); err != nil {
		return nil, err
	}
	_, err := os.Stat(d.config())
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%s holds a run already: continue it with langevin train --resume %s, or name another folder", path, path)
	} else {
		err = d.saveSettings(settings)
	}
	if err != nil {
		d.release()
		return nil, err
	}
	return d, nil
}

// saveSettings writes the settings, whole.
func (d *runDir) saveSettings(settings *train) error {
	text, err := json.MarshalIndent(settings, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", d.config(), err)
	}
	return writeText(d.config(), append(text, '\n'))
}

// openRun returns the run of a directory, locked, and sets settings to its own. What a killed writer left half done is removed.
func openRun(path string, settings *train) (*runDir, error) {
	d := &runDir{path: path, last: none}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is a file: name the folder of a run, which has a config.json and a folder checkpoints", path)
	}
	if _, err := os.Stat(d.config()); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no run to continue: there is no %s", path, d.config())
	}
	if err := d.take(); err != nil {
		return nil, err
	}
	if err := d.read(settings); err != nil {
		d.release()
		return nil, err
	}
	return d, nil
}

// read reads the settings of a run that is locked.
func (d *runDir) read(settings *train) error {
	text, err := os.ReadFile(d.config())
	if err != nil {
		return fmt.Errorf("cannot read the run's settings: %w", err)
	}
	parsed, err := parseSettings(d.config(), text)
	if err != nil {
		return err
	}
	if err := parsed.fill(settings); err != nil {
		return err
	}
	d.keep = settings.Keep
	return d.tidy()
}

// steps returns the steps of the checkpoints, rising.
func (d *runDir) steps() ([]int, error) {
	entries, err := os.ReadDir(d.checkpoints())
	if err != nil {
		return nil, fmt.Errorf("cannot list the checkpoints: %w", err)
	}
	var steps []int
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), checkpointSuffix)
		step, err := strconv.Atoi(name)
		if ok && err == nil && step >= 0 && e.Name() == filepath.Base(d.checkpoint(step)) {
			steps = append(steps, step)
		}
	}
	slices.Sort(steps)
	return steps, nil
}

// load brings the trainer to the last checkpoint that is good, of a training that may have had another number of steps, which it
// returns. Where there is no checkpoint, training begins again.
func (d *runDir) load(t *smld.Trainer, log io.Writer, total int) (before int, err error) {
	steps, err := d.steps()
	if err != nil {
		return 0, err
	}
	d.bad = map[int]bool{}
	var broken []error
	for _, step := range slices.Backward(steps) {
		before, err := t.ExtendCheckpoint(d.checkpoint(step))
		if err == nil && t.Done() != step {
			err = fmt.Errorf("%s is of step %d, which its name does not say", d.checkpoint(step), t.Done())
		}
		if err != nil {
			broken = append(broken, err)
			d.bad[step] = true
			continue
		}
		if step > total {
			return 0, fmt.Errorf("%s has done %d steps already: want at least as many, not %d", d.path, step, total)
		}
		for _, err := range broken {
			fmt.Fprintf(log, "langevin: %v; going on from the checkpoint before it\n", err)
		}
		d.last = step
		return before, d.cutMetrics(step)
	}
	if len(broken) > 0 {
		return 0, fmt.Errorf("no checkpoint of %s is good: %w", d.path, broken[0])
	}
	return total, d.cutMetrics(0)
}

// save writes a checkpoint and removes old ones.
func (d *runDir) save(t *smld.Trainer) error {
	done := t.Done()
	if d.last == done {
		return nil
	}
	if err := t.SaveCheckpoint(d.checkpoint(done)); err != nil {
		return err
	}
	d.last = done
	delete(d.bad, done)
	return d.prune()
}

// prune removes old checkpoints. It keeps the last ones until that which was just written: those beyond are of no training that
// leads there. One that could not be read does not count.
func (d *runDir) prune() error {
	steps, err := d.steps()
	if err != nil {
		return err
	}
	steps = slices.DeleteFunc(steps, func(step int) bool { return step > d.last || d.bad[step] })
	for _, step := range steps[:max(0, len(steps)-d.keep)] {
		if err := fault.Do(fault.Remove, func() error { return os.Remove(d.checkpoint(step)) }); err != nil {
			return fmt.Errorf("cannot remove an old checkpoint: %w", err)
		}
	}
	return nil
}

// advise says of an error that ends a training what is left of it.
func (d *runDir) advise(err error) error {
	if d.last == none {
		return fmt.Errorf("%w; there is no checkpoint yet", err)
	}
	return fmt.Errorf("%w; the last good checkpoint is %s, of step %d", err, d.checkpoint(d.last), d.last)
}

// metricsLine is a line of the metrics.
type metricsLine struct {
	Step    int         `json:"step"`
	Loss    *float64    `json:"loss,omitempty"`    // mean of the batches since the line before
	Batches int         `json:"batches,omitempty"` // how many those are: fewer where a run goes on between two lines
	Rate    *float64    `json:"rate,omitempty"`    // learning rate
	Seconds *float64    `json:"seconds,omitempty"`
	HeldOut []levelLoss `json:"held_out,omitempty"`
}

// levelLoss is the loss of points that are not trained on, at a noise level.
type levelLoss struct {
	Sigma float32  `json:"sigma"`
	Loss  *float64 `json:"loss"` // null where it is not finite
}

// log appends a line to the metrics.
func (d *runDir) log(line metricsLine) error {
	text, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("%s: %w", d.metrics(), err)
	}
	if err := fault.Before(fault.Create); err != nil {
		return fmt.Errorf("cannot write the metrics: %w", err)
	}
	f, err := os.OpenFile(d.metrics(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		return fmt.Errorf("cannot write the metrics: %w", err)
	}
	_, err = fault.WriteTo(f, append(text, '\n'))
	if err := cmp.Or(err, fault.Before(fault.Close), f.Close()); err != nil {
		return fmt.Errorf("cannot write the metrics: %w", err)
	}
	return nil
}

// cutMetrics removes the lines after a step, from which training goes on, and a last line that is not whole.
func (d *runDir) cutMetrics(step int) error {
	old, err := os.ReadFile(d.metrics())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot read the metrics: %w", err)
	}
	var kept bytes.Buffer
	lines := bufio.NewScanner(bytes.NewReader(old))
	lines.Buffer(nil, len(old)+1)
	for lines.Scan() {
		var line metricsLine
		if json.Unmarshal(lines.Bytes(), &line) != nil || line.Step > step {
			break
		}
		kept.Write(lines.Bytes())
		kept.WriteByte('\n')
	}
	return atomicfile.Write(d.metrics(), func(w io.Writer) error {
		_, err := kept.WriteTo(w)
		return err
	})
}
