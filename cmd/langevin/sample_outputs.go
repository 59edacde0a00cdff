package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// standardOutput is the name of no file.
const standardOutput = "-"

// sampleOutputs say where samples go.
type sampleOutputs struct {
	Out        string `placeholder:"FILE" help:"Samples to write: .npy, .npz, .csv, .tsv or .txt; texts also .gz; a .png is a picture of them, and - an .npy on the standard output."`
	PNG        string `name:"png" placeholder:"FILE" help:"Picture of the samples to write."`
	Trajectory string `placeholder:"FILE" help:"Array of the points at the start and after each step to write (.npy or .npz), (steps+1) x samples x coordinates, in units of the model."`
	JSON       bool   `name:"json" help:"Print a line of JSON: samples, first, sampler, evaluations, seconds, files."`
}

// sampleReport is what sample prints.
type sampleReport struct {
	Samples     int      `json:"samples"`
	First       uint64   `json:"first"` // number of the first
	Sampler     string   `json:"sampler"`
	Evaluations float64  `json:"evaluations"` // of the score, a sample
	Seconds     float64  `json:"seconds"`
	Files       []string `json:"files"`

	network string // how much an evaluation is
}

// rows is the file of the samples, or nothing where there is only a picture.
func (o *sampleOutputs) rows() string {
	if isPicture(o.Out) {
		return ""
	}
	return o.Out
}

// picture is the file of the picture, or nothing.
func (o *sampleOutputs) picture() string {
	if isPicture(o.Out) {
		return o.Out
	}
	return o.PNG
}

func isPicture(path string) bool { return strings.ToLower(filepath.Ext(path)) == ".png" }

// files are those that are written.
func (o *sampleOutputs) files() []string {
	files := []string{}
	if rows := o.rows(); rows != "" && rows != standardOutput {
		files = append(files, rows)
	}
	for _, f := range []string{o.picture(), o.Trajectory} {
		if f != "" {
			files = append(files, f)
		}
	}
	return files
}

// checkNames returns an error unless the outputs can be written and are not the model.
func (o *sampleOutputs) checkNames(out io.Writer, model string) error {
	switch {
	case o.Out == "" && o.PNG == "":
		return usage("sample needs --out for the samples, or --png for a picture of them")
	case isPicture(o.Out) && o.PNG != "":
		return usage("--out %s is the picture already, and --png %s another: give the values a name that does not end in .png", o.Out, o.PNG)
	case o.Out == standardOutput && o.JSON:
		return usage("--json prints to the standard output, where --out - sends the samples: leave out one of them")
	case o.Out == standardOutput && isTerminal(out):
		return usage("--out - sends an array to the terminal: send it to a file or a command, or name a file")
	}
	if o.Trajectory != "" && !isArray(o.Trajectory) {
		return usage("--trajectory %s: the ending of the name must be .npy or .npz", o.Trajectory)
	}
	files := o.files()
	if err := checkOutputs(files...); err != nil {
		return err
	}
	return checkApart(model, files...)
}

func isArray(path string) bool {
	ending := strings.ToLower(filepath.Ext(path))
	return ending == ".npy" || ending == ".npz"
}

// check returns an error unless n samples of the model can be drawn and written.
func (o *sampleOutputs) check(n int, m *smld.Model) error {
	if n < 1 {
		return usage("%d samples: want 1 or more", n)
	}
	if o.picture() != "" {
		if err := cmp.Or(checkPictureName(o.picture()), checkPicture(m.Image(), m.Data.Shape)); err != nil {
			return err
		}
	}
	rows := o.rows()
	if rows == "" || rows == standardOutput {
		return nil
	}
	return cmp.Or(checkFormat(rows, m.Data.Shape), checkRowsRoom(rows, float64(n)*float64(m.Dim())))
}

// checkTrajectory returns an error for a trajectory of samples that are not drawn together.
func (s *sample) checkTrajectory(m *smld.Model) error {
	switch {
	case s.Trajectory == "":
		return nil
	case !s.whole():
		return usage("--trajectory %s is not there for a shard: leave one of them out", s.Trajectory)
	case s.N > inMemory/m.Dim():
		return usage("--trajectory %s is for at most %d samples of this model: choose a smaller --n", s.Trajectory, inMemory/m.Dim())
	}
	return checkCount(s.N, m)
}

// output returns the name that the parts' directory is called after, or nothing.
func (o *sampleOutputs) output() string {
	if files := o.files(); len(files) > 0 {
		return files[0]
	}
	return ""
}

// need returns how the rows are read: once, or more often for an archive, whose checksums stand before
// its data.
func (o *sampleOutputs) need() need {
	if strings.ToLower(filepath.Ext(o.rows())) == ".npz" {
		return twice
	}
	return once
}

// write writes the samples, the picture and the trajectory, those that there are to be.
func (o *sampleOutputs) write(c *console, d *drawing, n int, rows rowSource) error {
	table := newRows(kernels.Matrix64{}, d.model)
	pictured := kernels.NewMatrix64(o.pictured(n, d.model), rowWidth(d.model))
	table.Rows = &dataset.Rows{Count: n, Cols: pictured.Cols, Each: func(do func(kernels.Matrix64, []int) error) error {
		return rows.float32s(func(from int, points kernels.Matrix) error {
			x := d.model.Rows(points)
			for i := range max(0, min(x.Rows, pictured.Rows-from)) {
				copy(pictured.Row(from+i), x.Row(i))
			}
			var labels []int
			if d.classes != nil {
				labels = d.classes.labels(d.first+uint64(from), x.Rows)
			}
			return do(x, labels)
		})
	}}
	if d.classes != nil {
		table.Classes, table.ClassColumn = d.model.Data.Classes, d.model.Data.ClassColumn
	}
	if err := o.writeSamples(c, table); err != nil {
		return err
	}
	if path := o.picture(); path != "" {
		if err := writePictureOf(path, pictured, n, d.model, d.classes.columns()); err != nil {
			return err
		}
	}
	if d.way != nil {
		return d.way.write()
	}
	return nil
}

// pictured returns how many of n samples are in the picture, the first ones.
func (o *sampleOutputs) pictured(n int, m *smld.Model) int {
	if o.picture() == "" {
		return 0
	}
	if m.Image() != nil {
		return min(n, mostImages)
	}
	return min(n, mostPoints)
}

// writeSamples writes the samples to a file or to the standard output. For a picture alone it only reads them.
func (o *sampleOutputs) writeSamples(c *console, t dataset.Table) error {
	switch path := o.rows(); path {
	case "":
		return t.Rows.Each(func(kernels.Matrix64, []int) error { return nil })
	case standardOutput:
		w := bufio.NewWriterSize(c.out, 1<<16)
		if err := cmp.Or(t.WriteNPY(w), w.Flush()); err != nil {
			return fmt.Errorf("cannot write the samples to the standard output: %w", err)
		}
		return nil
	default:
		return dataset.Write(path, t)
	}
}

// tell prints what was drawn: to people, or as a line of JSON. Where the samples are on the standard output,
// it goes to the log.
func (o *sampleOutputs) tell(c *console, r sampleReport) error {
	if o.JSON {
		return json.NewEncoder(c.out).Encode(r)
	}
	w := c.out
	if o.Out == standardOutput {
		w = c.log
	}
	for _, f := range r.Files {
		fmt.Fprintf(w, "wrote %s\n", f)
	}
	fmt.Fprintf(w, "%.4g score evaluations a sample%s\n", r.Evaluations, r.network)
	return nil
}
