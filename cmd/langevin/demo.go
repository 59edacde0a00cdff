package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// demo is the command that shows the whole way: data, training, sampling, pictures.
type demo struct {
	Out  string `default:"demo-out" placeholder:"DIR" help:"Folder to write to (${default})."`
	Seed uint64 `default:"1" help:"Seed of everything random."`

	quietFlag

	steps int // of the training; 0 for what the data ask for
}

// Run trains on the digits and writes the model, the loss, and new digits.
func (d *demo) Run(c *console) error {
	started := clock()
	if err := os.MkdirAll(d.Out, 0o777); err != nil {
		return fmt.Errorf("cannot make the folder %s: %w", d.Out, err)
	}
	path := func(name string) string { return filepath.Join(d.Out, name) }
	modelFile, samplesFile, pictureFile, lossFile := path("model.safetensors"), path("samples.npy"),
		path("samples.png"), path("loss.png")
	if err := checkOutputs(modelFile, samplesFile, pictureFile, lossFile); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Training on 1,500 handwritten digits of 8x8 pixels (UCI Optical Recognition of Handwritten Digits,\n"+
		"E. Alpaydin and C. Kaynak, CC BY 4.0), %s kernels.\n", kernels.Backend())
	t := train{Data: "digits", Seed: d.Seed, Levels: 100, Steps: d.steps}
	prepared, err := t.prepare(false, c.log)
	if err != nil {
		return err
	}
	model, losses, err := t.fit(c, prepared, nil)
	if err != nil {
		return err
	}
	if err := model.Save(modelFile); err != nil {
		return err
	}
	options := smld.Options{"Levels": int(t.Levels), "Steps": 10, "Eps": 0.1}
	drawing, err := newDrawing(model, "annealed", options, d.Seed)
	if err != nil {
		return err
	}
	x, _, err := drawing.samples(c, 100)
	if err != nil {
		return err
	}
	rows := model.Rows(x)
	if err := writeRows(samplesFile, rows, model); err != nil {
		return err
	}
	if err := saveSamples(pictureFile, rows, model, picture.SamplesOptions{}); err != nil {
		return err
	}
	if err := losses.save(lossFile); err != nil {
		return err
	}
	fmt.Fprintf(c.out, `Done in %.0f s. In %s:
  samples.png        100 new digits
  samples.npy        the same as an array, for NumPy
  loss.png           the loss over the steps
  model.safetensors  the model; more digits: langevin sample --model %s --n 1000 --out more.npy --picture more.png
`, since(started), d.Out, modelFile)
	return nil
}
