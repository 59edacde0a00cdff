package main

import (
	"bytes"
	"image"
	"image/png"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestLayoutsOfImages: images are learned as such and moved, drawn and kept to their values, however the file has
// them: the same grey images give the same samples.
func TestLayoutsOfImages(t *testing.T) {
	in := t.TempDir()
	data, model, picture := filepath.Join(in, "x.npy"), filepath.Join(in, "m.st"), filepath.Join(in, "y.png")
	digits, err := dataset.Digits()
	if err != nil {
		t.Fatal(err)
	}
	grey := digits.X.Slice(0, 200)
	colour := kernels.NewMatrix64(grey.Rows, 3*grey.Cols)
	for i := range colour.Rows {
		for j := range colour.Cols {
			colour.Row(i)[j] = grey.Row(i)[j/3]
		}
	}
	var first []float64
	var size image.Config
	for _, c := range []struct {
		x     kernels.Matrix64
		shape []int
		flags []string
	}{
		{grey, []int{8, 8}, nil},
		{grey, []int{1, 8, 8}, nil},
		{grey, []int{8, 8, 1}, nil},
		{grey, []int{64}, []string{"--shape", "8x8"}},
		{grey, []int{64}, []string{"--shape", "8x8x1"}},
		{colour, []int{8, 8, 3}, nil},
		{colour, []int{3, 8, 8}, nil},
		{colour, []int{192}, []string{"--shape", "8x8x3"}},
	} {
		if err := dataset.Write(data, dataset.Table{X: c.x, Shape: c.shape}); err != nil {
			t.Fatal(err)
		}
		args := append([]string{"train", "--data", data, "--out", model, "--steps", "3", "--batch", "16", "--hidden", "8", "--shift", "1"},
			c.flags...)
		code, _, stderr := command(args...)
		if code != 0 || !strings.Contains(stderr, "bounded") {
			t.Fatalf("rows of %v: code %d, %s", c.shape, code, stderr)
		}
		out := filepath.Join(in, "y.npy")
		mustRun(t, "sample", "--model", model, "--n", "5", "--sampler", "heun", "--levels", "5", "--out", out, "--picture", picture)
		set, err := dataset.Open(out, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !set.Whole || set.Image == nil || slices.Min(set.X.Data) < 0 || slices.Max(set.X.Data) > 16 {
			t.Errorf("rows of %v: samples of %v have whole values %v, from %v to %v, want images of 0 to 16", c.shape, set.Shape, set.Whole,
				slices.Min(set.X.Data), slices.Max(set.X.Data))
		}
		if first == nil {
			first = set.X.Data
		}
		if c.x.Cols == grey.Cols && !slices.Equal(set.X.Data, first) {
			t.Errorf("rows of %v: other samples than of the same images as 8x8", c.shape)
		}
		drawn, err := png.DecodeConfig(bytes.NewReader(content(t, picture)))
		if size.Width == 0 {
			size = drawn
		}
		if err != nil || drawn.Width != size.Width || drawn.Height != size.Height {
			t.Errorf("rows of %v: a picture of %dx%d, %v, want %dx%d", c.shape, drawn.Width, drawn.Height, err, size.Width, size.Height)
		}
	}
}
