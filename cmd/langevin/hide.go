package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

// hidden returns the mask of the coordinates to draw anew.
func (p *inpaint) hidden(m *smld.Model) ([]bool, error) {
	width := m.Dim()
	if m.Encoding != nil {
		width = m.Encoding.Width()
	}
	mask := make([]bool, width)
	hidden := func(hide func(i int) bool) ([]bool, error) {
		hidden := 0
		for i := range mask {
			mask[i] = hide(i)
			if mask[i] {
				hidden++
			}
		}
		if hidden == 0 || hidden == len(mask) {
			return nil, fmt.Errorf("--hide %s hides %d of %d values: want some, not all", p.Hide, hidden, len(mask))
		}
		return mask, nil
	}
	if slices.Contains([]string{"left", "right", "top", "bottom"}, p.Hide) {
		image := m.Image()
		if image == nil {
			return nil, fmt.Errorf("--hide %s is for images, the model's rows have the shape %v", p.Hide, m.Data.Shape)
		}
		part := halfOf(p.Hide, image)
		return hidden(func(i int) bool { return part[i] })
	}
	fields := strings.Split(p.Hide, ",")
	if _, named := columnNamed(p.Hide, m); named { // which may have a comma
		fields = []string{p.Hide}
	}
	chosen := make(map[int]bool)
	for _, field := range fields {
		i, err := columnOf(field, m)
		if err != nil {
			return p.maskFile(m, width, hidden)
		}
		if i < 0 || i >= width {
			return nil, fmt.Errorf("--hide %s: there is no column %s, they are numbered 1 to %d", p.Hide, field, width)
		}
		chosen[i] = true
	}
	return hidden(func(i int) bool { return chosen[i] })
}

// columnOf returns the column of a name or, where no column has it, of a number from 1.
func columnOf(field string, m *smld.Model) (int, error) {
	if k, named := columnNamed(field, m); named {
		return k, nil
	}
	n, err := strconv.Atoi(field)
	return n - 1, err
}

// columnNamed returns the column of a name.
func columnNamed(name string, m *smld.Model) (int, bool) {
	if m.Encoding == nil || name == "" {
		return 0, false
	}
	k := slices.IndexFunc(m.Encoding.Columns, func(c dataset.Column) bool { return c.Name == name })
	return k, k >= 0
}

// halfOf returns which values of an image are in a half of it.
func halfOf(half string, image *dataset.Image) []bool {
	part := make([]bool, image.Size())
	for y := range image.Height {
		for x := range image.Width {
			in := false
			switch half {
			case "left":
				in = x < image.Width/2
			case "right":
				in = x >= image.Width/2
			case "top":
				in = y < image.Height/2
			default:
				in = y >= image.Height/2
			}
			for channel := range image.Channels {
				part[image.At(y, x, channel)] = in
			}
		}
	}
	return part
}

func (p *inpaint) maskFile(m *smld.Model, width int, hidden func(hide func(i int) bool) ([]bool, error)) ([]bool, error) {
	set, err := dataset.Open(p.Hide, dataset.Options{})
	if err != nil {
		return nil, fmt.Errorf("--hide %s is no half of an image and no list of columns, nor a file of a mask: %w", p.Hide, err)
	}
	if set.X.Rows*set.X.Cols != width {
		return nil, fmt.Errorf("the mask %s has %d values, the model's rows %d", p.Hide, set.X.Rows*set.X.Cols, width)
	}
	return hidden(func(i int) bool { return set.X.Row(i / set.X.Cols)[i%set.X.Cols] != 0 })
}
