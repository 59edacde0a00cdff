package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestFlatImages: a training on rows that may be images says how they become such, and none on others does.
func TestFlatImages(t *testing.T) {
	in := t.TempDir()
	data, out := filepath.Join(in, "x.npy"), filepath.Join(in, "m.st")
	for _, c := range []struct {
		shape       []int
		low, factor float64
		want        string
	}{
		{[]int{64}, 0, 1, "--shape 8x8\n"},
		{[]int{64}, 0, 1.0 / 16, "--shape 8x8\n"},
		{[]int{192}, 0, 1, "--shape 8x8x3\n"},
		{[]int{65}, 0, 1, ""},
		{[]int{49}, 0, 1, ""},
		{[]int{64}, -1, 1, ""},
		{[]int{64}, 0, 1.0 / 3, ""},
		{[]int{8, 8}, 0, 1, ""},
	} {
		width := 1
		for _, n := range c.shape {
			width *= n
		}
		x := kernels.NewMatrix64(20, width)
		for i := range x.Data {
			x.Data[i] = float64(i*i%17)*c.factor + c.low
		}
		if err := dataset.Write(data, dataset.Table{X: x, Shape: c.shape}); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := command("train", "--data", data, "--out", out, "--steps", "1", "--batch", "4", "--hidden", "4")
		if noted := strings.Contains(stderr, "pixels of an image"); code != 0 || noted != (c.want != "") || !strings.Contains(stderr, c.want) {
			t.Errorf("rows of %v, %v to %v: code %d, %s", c.shape, c.low, 16*c.factor+c.low, code, stderr)
		}
	}
}
