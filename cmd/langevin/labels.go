package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// labelFlags say which classes a model learns.
type labelFlags struct {
	Labels       string   `json:"labels,omitempty" placeholder:"FILE|COLUMN" help:"Classes to learn, for sample --class: a file with a whole number or a text for each row (.npy, IDX, .csv or .txt), or the column of a table that holds them, which then is none of the points. Of digits, and of moons, 2spirals, pinwheel and the Gaussians, the word class."`
	LabelDropout *float64 `json:"label-dropout,omitempty" placeholder:"P" help:"Share of the points that are trained on without their class, for samples without a class and for guidance (default 0.1). With 0 only samples of a class make sense, and --guidance 1."`
}

// check returns an error unless the flags make sense.
func (f *labelFlags) check(data string) error {
	if p := f.LabelDropout; p != nil && !(*p >= 0 && *p <= 1) {
		return usage("--label-dropout %v: want a share from 0 to 1", *p)
	}
	switch named := slices.Contains(dataset.Names(), data); {
	case f.Labels == "" && f.LabelDropout != nil:
		return usage("--label-dropout does nothing without --labels: leave it out")
	case f.Labels != "" && named && f.Labels != setup.OwnClasses:
		return usage("--labels %s: %s has classes of its own, if any; they are --labels %s", f.Labels, data, setup.OwnClasses)
	case f.Labels != "" && !named && filepath.IsAbs(f.Labels) && !f.file():
		return fmt.Errorf("the file of labels %s is not there: if it is elsewhere now, name it with --labels", f.Labels)
	}
	return nil
}

// file reports whether the labels are a file.
func (f *labelFlags) file() bool {
	info, err := os.Stat(fileOf(f.Labels))
	return err == nil && info.Mode().IsRegular()
}

// load reads data with labels.
func (f *labelFlags) load(data string, seed uint64, o dataset.Options) (*dataset.Set, error) {
	if err := f.check(data); err != nil {
		return nil, err
	}
	named, file := slices.Contains(dataset.Names(), data), f.Labels != "" && f.file()
	if f.Labels != "" && !named && !file {
		o.Label = f.Labels
	}
	set, err := dataset.Load(data, seed, o)
	switch {
	case err != nil && o.Label != "":
		return nil, fmt.Errorf("%w (--labels %s is a column, since there is no file of that name)", err, f.Labels)
	case err != nil || f.Labels == "":
		return set, err
	case named && set.Labels == nil:
		return nil, fmt.Errorf("%s has no classes: leave out --labels", data)
	case file && !named:
		set.Labels, set.Classes, err = dataset.ReadLabels(f.Labels, set.X.Rows)
	}
	return set, err
}

// settings say which labels a set has, for a run that goes on.
func (f *labelFlags) settings(set *dataset.Set) string {
	x := kernels.NewMatrix(len(set.Labels), 1)
	for i, label := range set.Labels {
		x.Data[i] = float32(label)
	}
	return fmt.Sprintf("%d rows of the classes %s, hash %.12s", x.Rows, setup.ClassList(set.Classes), smld.DataHash(x))
}

// dropout returns the setting of a training.
func (f *labelFlags) dropout() float64 {
	switch {
	case f.Labels == "" || f.LabelDropout == nil:
		return 0
	case *f.LabelDropout == 0:
		return smld.NoLabelDropout
	}
	return *f.LabelDropout
}

// absolute makes the path of a file of labels such that it holds in any folder.
func (f *labelFlags) absolute(data string) error {
	if f.Labels == "" || slices.Contains(dataset.Names(), data) || !f.file() {
		return nil
	}
	path, err := filepath.Abs(f.Labels)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Labels, err)
	}
	f.Labels = path
	return nil
}
