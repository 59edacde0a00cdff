package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

// resume continues a run, to another number of steps or with data that has moved if flags say so.
func (t *train) resume(c *console, k *kong.Context) error {
	given := given(k)
	if err := cmp.Or(checkBesideResume(given), t.checkGiven(k)); err != nil {
		return err
	}
	flags := *t
	*t = train{}
	dir, err := openRun(flags.Resume, t)
	if err != nil {
		return err
	}
	defer dir.release()
	t.Resume, t.Out, t.JSON = flags.Resume, flags.Out, flags.JSON
	if err := t.checkRun(); err != nil {
		return settingsError{fmt.Errorf("%s: %w", dir.config(), err)}
	}
	if given["steps"] {
		t.Steps = flags.Steps
	}
	if given["data"] {
		t.Data = flags.Data
	}
	if given["labels"] {
		t.Labels = flags.Labels
	}
	if given["data"] || given["labels"] {
		if err := t.settle(); err != nil {
			return err
		}
	} else if err := t.labelFlags.check(t.Data); err != nil {
		return settingsError{fmt.Errorf("%s: %w", dir.config(), err)}
	}
	if err := t.checkOut(); err != nil {
		return err
	}
	if t.Data == "" {
		return fmt.Errorf("%s: there is no \"data\" in the settings: name it with --data", dir.config())
	}
	if _, err := os.Stat(fileOf(t.Data)); errors.Is(err, fs.ErrNotExist) && !slices.Contains(dataset.Names(), t.Data) {
		return fmt.Errorf("the run's data %s is not there: if it is elsewhere now, name it with --data", t.Data)
	}
	p, err := t.prepare(true, c.log)
	if err != nil {
		return err
	}
	if err := t.pickUp(c, p, dir); err != nil {
		return err
	}
	if given["steps"] || given["data"] || given["labels"] {
		if err := dir.saveSettings(t); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.log, "continuing at step %d of %d\n", p.trainer.Done(), t.Steps)
	return t.run(c, p, dir)
}

// checkBesideResume returns an error for flags that a run has settings for, which stay as they are.
func checkBesideResume(given map[string]bool) error {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains([]string{"resume", "out", "steps", "data", "labels", "quiet", "json"}, name) {
			return usage("--resume continues a run with the run's own settings, but for --steps, --data, --labels "+
				"and --out: leave out --%s", name)
		}
	}
	return nil
}

// fileOf returns the path of the file of data, which for an array of an archive is FILE.npz:NAME.
func fileOf(data string) string {
	const archive = ".npz"
	if i := strings.LastIndex(data, archive+":"); i >= 0 {
		return data[:i+len(archive)]
	}
	return data
}

// pickUp brings the trainer to where the run was left.
func (t *train) pickUp(c *console, p *prepared, dir *runDir) error {
	before, err := dir.load(p.trainer, c.warn, t.Steps)
	if err != nil {
		return err
	}
	done := p.trainer.Done()
	if done == 0 {
		return t.start(p)
	}
	if before != t.Steps && t.Schedule == string(smld.Cosine) {
		fmt.Fprintf(c.warn, "langevin: until step %d the learning rate was on a cosine over %d steps, from there it is on one over %d: another "+
			"model than that of %d steps from the start\n", done, before, t.Steps, t.Steps)
	}
	return nil
}

// start sets the parameters to those of the model to start from, if there is one.
func (t *train) start(p *prepared) error {
	if t.From == "" {
		return nil
	}
	m, err := smld.LoadModel(t.From)
	if err != nil {
		return err
	}
	if err := p.trainer.StartFrom(m); err != nil {
		return fmt.Errorf("--from %s: %w", t.From, err)
	}
	return nil
}

// dataSettings are those that decide which points come from the data, by the names of their flags.
func (t *train) dataSettings(config smld.DataConfig, set *dataset.Set) map[string]string {
	s := map[string]string{"scale": cmp.Or(t.Scale, auto), "bin": cmp.Or(t.Bin, auto), "hold-out": fmt.Sprint(config.HoldOut)}
	if config.Classes {
		s["labels"] = t.labelFlags.settings(set)
	}
	if config.Shift > 0 {
		s["shift"], s["augment-labels"] = fmt.Sprint(config.Shift), fmt.Sprint(config.Told)
	}
	for name, value := range map[string]string{
		"shape": t.Shape, "columns": strings.Join(t.Columns, ","), "drop": strings.Join(t.Drop, ","),
	} {
		if value != "" {
			s[name] = value
		}
	}
	return s
}

// settle makes the paths in the settings such that hold in any folder, and returns an error for those that
// settings cannot hold.
func (t *train) settle() error {
	return cmp.Or(t.absolute(), checkText(t.Data), checkText(t.Labels), checkText(t.From))
}

// absolute makes the paths in the settings such that hold in any folder.
func (t *train) absolute() error {
	for _, path := range []*string{&t.Data, &t.From} {
		if *path == "" || path == &t.Data && slices.Contains(dataset.Names(), t.Data) {
			continue
		}
		absolute, err := filepath.Abs(*path)
		if err != nil {
			return fmt.Errorf("%s: %w", *path, err)
		}
		*path = absolute
	}
	return t.labelFlags.absolute(t.Data)
}

// checkText returns an error for a path that settings cannot hold.
func checkText(path string) error {
	if !utf8.ValidString(path) {
		return fmt.Errorf("the name %q is not in UTF-8, and the settings of a run cannot hold it: give the file another name", path)
	}
	return nil
}
