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
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// standardOutput is the name of no file.
const standardOutput = "-"

// sampleOutputs say where samples go.
type sampleOutputs struct {
	Out        string `placeholder:"FILE" help:"Samples to write: .npy, .npz, .csv, .tsv or .txt; texts also .gz; a .png, .svg or .gif is a picture of them, and - an .npy on the standard output."`
	Picture    string `placeholder:"FILE" help:"Picture of the samples to write, .png or .svg: images in a grid, points of the plane, or columns of a table in pairs. A .gif shows the way of the first ones from noise, of images and points of the plane."`
	Data       string `placeholder:"NAME|FILE" help:"True points, as for train, to lie behind the samples in the picture."`
	Trajectory string `placeholder:"FILE" help:"Array of the points at the start and after each step to write (.npy or .npz), (steps+1) x samples x coordinates, in units of the model."`
	JSON       bool   `name:"json" help:"Print a line of JSON: samples, first, sampler, evaluations, seconds, files."`

	truth kernels.Matrix64 // the rows of Data
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
	return o.Picture
}

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
	case o.Out == "" && o.Picture == "":
		return usage("sample needs --out for the samples, or --picture for a picture of them")
	case isPicture(o.Out) && o.Picture != "":
		return usage("--out %s is the picture already, and --picture %s another: give the values a name that is none of a picture", o.Out, o.Picture)
	case o.Data != "" && o.picture() == "":
		return usage("--data lies behind the samples in a picture, and there is none: name one with --picture, or leave it out")
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
	return cmp.Or(checkApart(model, files...), checkApart(o.Data, files...))
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
	if err := o.checkPicture(m); err != nil {
		return err
	}
	rows := o.rows()
	if rows == "" || rows == standardOutput {
		return nil
	}
	return cmp.Or(checkFormat(rows, m.Data.Shape), checkRowsRoom(rows, float64(n)*float64(m.Dim())))
}

// checkPicture returns an error unless there is such a picture of the model's samples, if there is to be one.
func (o *sampleOutputs) checkPicture(m *smld.Model) error {
	path := o.picture()
	switch {
	case path == "":
		return nil
	case o.Data != "" && m.Image() != nil:
		return usage("--data lies behind points and columns, and not behind images: leave it out; " +
			"langevin picture neighbours draws images beside those of the data")
	case isAnimation(path):
		return cmp.Or(checkDrawnName(path), checkFlow(m))
	}
	return cmp.Or(checkDrawnName(path), picture.CheckSamples(m))
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
	shown := kernels.NewMatrix64(o.shown(n, d.model), rowWidth(d.model))
	table.Rows = &dataset.Rows{Count: n, Cols: shown.Cols, Each: func(do func(kernels.Matrix64, []int) error) error {
		return rows.float32s(func(from int, points kernels.Matrix) error {
			x := d.model.Rows(points)
			for i := range max(0, min(x.Rows, shown.Rows-from)) {
				copy(shown.Row(from+i), x.Row(i))
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
	if err := o.draw(c, d, n, shown); err != nil {
		return err
	}
	if d.way != nil {
		return d.way.write()
	}
	return nil
}

// shown returns how many of n samples are in the picture, the first ones.
func (o *sampleOutputs) shown(n int, m *smld.Model) int {
	if path := o.picture(); path == "" || isAnimation(path) {
		return 0
	}
	return pictured(n, m)
}

// draw writes the picture of the first of n samples, if there is to be one.
func (o *sampleOutputs) draw(c *console, d *drawing, n int, shown kernels.Matrix64) error {
	path := o.picture()
	if path == "" {
		return nil
	}
	if isAnimation(path) {
		a, err := d.flow(c, n, o.truth, framesOfSamples)
		return savePicture(path, a, err)
	}
	title := ""
	if shown.Rows < n {
		title = firstOf(shown.Rows, n)
	}
	return saveSamples(path, shown, d.model, picture.SamplesOptions{
		Title: title, True: o.truth, Columns: d.classes.columns(), Names: d.classes.picturedNames(),
	})
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
