package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// isPicture tells whether a file is a picture or an animation, by the ending of its name.
func isPicture(path string) bool {
	_, err := picture.FormatOf(path)
	return err == nil
}

// isAnimation tells whether a file is an animation.
func isAnimation(path string) bool {
	f, err := picture.FormatOf(path)
	return err == nil && f == picture.GIF
}

// checkPictureName returns an error for a name whose ending is not that of a picture.
func checkPictureName(path string) error {
	if !isPicture(path) || isAnimation(path) {
		return usage("cannot write %s: pictures are in PNG or SVG: end the name in .png or .svg", path)
	}
	return nil
}

// checkDrawnName does so where there are animations too.
func checkDrawnName(path string) error {
	if !isPicture(path) {
		return usage("cannot write %s: end the name in .png or .svg for a picture, or in .gif for an animation", path)
	}
	return nil
}

// savePicture writes what was drawn, unless drawing failed.
func savePicture(path string, drawn picture.Drawn, err error) error {
	if err != nil {
		return err
	}
	return drawn.Save(path)
}

// saveSamples writes a picture of rows of data of a model, the first of n.
func saveSamples(path string, rows kernels.Matrix64, m *smld.Model, o picture.SamplesOptions) error {
	p, err := picture.Samples(m, rows, o)
	return savePicture(path, p, err)
}

// samplesPNG returns the picture that sample draws of rows of data of a model and a class.
func samplesPNG(rows kernels.Matrix64, m *smld.Model, class string) ([]byte, error) {
	of := &classes{model: m, all: class == setup.AllClasses}
	shown := rows.Slice(0, pictured(rows.Rows, m))
	p, err := picture.Samples(m, shown, picture.SamplesOptions{
		Title: titleOfFirst(shown.Rows, rows.Rows), Columns: of.columns(), Names: of.picturedNames(),
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = p.Write(&b, picture.PNG)
	return b.Bytes(), err
}

// titleOfFirst is the title of a picture that has not room for all samples.
func titleOfFirst(shown, n int) string {
	if shown < n {
		return fmt.Sprintf("the first %d of %d samples", shown, n)
	}
	return ""
}

// pictured returns how many of n samples a picture shows, the first ones.
func pictured(n int, m *smld.Model) int {
	if m.Image() != nil {
		return min(n, picture.MostImages)
	}
	return min(n, picture.MostPoints)
}

// someRows returns rows of a set that stand at even distances, since a file may be sorted.
func someRows(set *dataset.Set, most int) kernels.Matrix64 {
	if set.X.Rows <= most {
		return set.X
	}
	some := kernels.NewMatrix64(most, set.X.Cols)
	for i := range most {
		copy(some.Row(i), set.X.Row(i*set.X.Rows/most))
	}
	return some
}

// loadTruth returns true points to lie behind samples of a model, or none where no data are named.
func loadTruth(f *readFlags, data string, m *smld.Model) (kernels.Matrix64, error) {
	if data == "" {
		return kernels.Matrix64{}, nil
	}
	const unseen = 1 << 32 // a seed that training does not have
	set, err := f.load(data, unseen, m, false)
	if err != nil {
		return kernels.Matrix64{}, err
	}
	return someRows(set, picture.MostPoints), nil
}

// picturedNames returns the names above the columns of a grid of every class in turn.
func (c *classes) picturedNames() []string {
	if c.columns() == 0 {
		return nil
	}
	return slices.Clone(c.model.Data.Classes)
}

// checkRows returns an error unless rows of a model can be written to a file and drawn, where there is to be a picture.
func checkRows(out, file string, m *smld.Model) error {
	if err := checkFormat(out, m.Data.Shape); err != nil || file == "" {
		return err
	}
	return cmp.Or(checkPictureName(file), picture.CheckSamples(m))
}
