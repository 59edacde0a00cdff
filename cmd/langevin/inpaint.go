package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// inpaint is the command that completes points of which a part is known.
type inpaint struct {
	Model   string `required:"" placeholder:"FILE" help:"Model file."`
	Data    string `required:"" placeholder:"NAME|FILE" help:"Points to complete, as for train."`
	Hide    string `required:"" placeholder:"PART" help:"What to draw anew: left, right, top or bottom half of images; coordinates, such as 0 or 3,4; or a .npy file of the shape of a point that is not 0 there."`
	N       int    `default:"10" help:"Number of points, the first of the data."`
	Draws   int    `default:"9" help:"Completions of each point; a row of the result is the point itself, then these."`
	Sampler string `default:"annealed" enum:"annealed,consistent,ancestral,reverse,pc,ddim,heun,rk45" help:"Sampler: ${enum}. Those with many steps a level, annealed or pc with corrections, adapt best to what is known."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`
	Out     string `required:"" placeholder:"FILE" help:"Completed points to write (.npy)."`
	PNG     string `name:"png" placeholder:"FILE" help:"Picture of them to write."`

	samplerFlags
}

// Run completes and saves the points.
func (p *inpaint) Run(c *console) error {
	for _, path := range []string{p.Out, p.PNG} {
		if path == "" {
			continue
		}
		if err := checkOutput(path); err != nil {
			return err
		}
	}
	model, err := smld.LoadModel(p.Model)
	if err != nil {
		return err
	}
	mask, err := p.known(model)
	if err != nil {
		return err
	}
	if p.Draws < 1 {
		return fmt.Errorf("%d completions: want at least 1", p.Draws)
	}
	l := likelihood{Data: p.Data, N: p.N, Seed: p.Seed}
	points, _, err := l.points(model)
	if err != nil {
		return err
	}
	if err := checkCount(points.Rows*p.Draws, model); err != nil {
		return err
	}
	sampler, start, err := p.sampler(p.Sampler, model)
	if err != nil {
		return err
	}
	known := kernels.NewMatrix(points.Rows*p.Draws, model.Dim())
	for i := range known.Rows {
		copy(known.Row(i), points.Row(i/p.Draws))
	}
	x := kernels.NewMatrix(known.Rows, known.Cols)
	smld.Prior(x, model.Mean, start, p.Seed, 0)
	watch, finish := watching(c)
	defer finish()
	if _, err := smld.Inpaint(sampler, model.Score(), x, known, mask, p.Seed, 0, watch); err != nil {
		return err
	}
	all := kernels.NewMatrix(points.Rows*(p.Draws+1), model.Dim())
	for i := range all.Rows {
		point, draw := i/(p.Draws+1), i%(p.Draws+1)
		if draw == 0 {
			copy(all.Row(i), points.Row(point))
		} else {
			copy(all.Row(i), x.Row(point*p.Draws+draw-1))
		}
	}
	if err := writeNPY(p.Out, all, model.Data.Shape); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", p.Out)
	if p.PNG == "" {
		return nil
	}
	if shape := model.Data.Shape; len(shape) == 2 {
		err = writePNG(p.PNG, imageGrid(all, shape[0], shape[1], p.Draws+1, model.Data.Low, model.Data.High))
	} else {
		err = writePicture(p.PNG, all, model.Data)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "wrote %s\n", p.PNG)
	return nil
}

// known returns the mask of the coordinates that stay.
func (p *inpaint) known(m *smld.Model) ([]bool, error) {
	mask := make([]bool, m.Dim())
	hidden := func(hide func(i int) bool) ([]bool, error) {
		free := 0
		for i := range mask {
			mask[i] = !hide(i)
			if !mask[i] {
				free++
			}
		}
		if free == 0 || free == len(mask) {
			return nil, fmt.Errorf("--hide %s hides %d of %d values: want some, not all", p.Hide, free, len(mask))
		}
		return mask, nil
	}
	if slices.Contains([]string{"left", "right", "top", "bottom"}, p.Hide) {
		if len(m.Data.Shape) != 2 {
			return nil, fmt.Errorf("--hide %s is for images, the model's points have the shape %v", p.Hide, m.Data.Shape)
		}
		height, width := m.Data.Shape[0], m.Data.Shape[1]
		return hidden(func(i int) bool {
			switch row, column := i/width, i%width; p.Hide {
			case "left":
				return column < width/2
			case "right":
				return column >= width/2
			case "top":
				return row < height/2
			default:
				return row >= height/2
			}
		})
	}
	chosen := make(map[int]bool)
	for _, field := range strings.Split(p.Hide, ",") {
		i, err := strconv.Atoi(field)
		if err != nil {
			return p.maskFile(m, hidden)
		}
		if i < 0 || i >= len(mask) {
			return nil, fmt.Errorf("--hide %s: there is no coordinate %d, they are 0 to %d", p.Hide, i, len(mask)-1)
		}
		chosen[i] = true
	}
	return hidden(func(i int) bool { return chosen[i] })
}

func (p *inpaint) maskFile(m *smld.Model, hidden func(hide func(i int) bool) ([]bool, error)) ([]bool, error) {
	set, err := dataset.Open(p.Hide)
	if err != nil {
		return nil, fmt.Errorf("--hide %s is no half of an image and no list of coordinates, nor a file of a mask: %w", p.Hide, err)
	}
	if set.X.Rows*set.X.Cols != m.Dim() {
		return nil, fmt.Errorf("the mask %s has %d values, the model's points %d", p.Hide, set.X.Rows*set.X.Cols, m.Dim())
	}
	return hidden(func(i int) bool { return set.X.Row(i / set.X.Cols)[i%set.X.Cols] != 0 })
}
