package langevin_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

func Example_train() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "moons")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := train(ctx, filepath.Join(dir, "moons.safetensors")); err != nil {
		log.Fatal(err)
	}
	if err := draw(ctx, filepath.Join(dir, "moons.safetensors"), filepath.Join(dir, "moons.csv")); err != nil {
		log.Fatal(err)
	}
	// Output:
	// step 100 of 300
	// step 200 of 300
	// step 300 of 300
	// 1000 rows of 2 values
}

// train trains a model of points and saves it.
func train(ctx context.Context, path string) error {
	set, err := dataset.Load("moons", 1, dataset.Options{}) // or a file, such as people.csv
	if err != nil {
		return err
	}
	data, err := smld.NewData(set, smld.DataConfig{Seed: 1})
	if err != nil {
		return err
	}
	plan := smld.Choose(data, 1)
	plan.Train.Steps, plan.Train.WarmUp = 300, 30 // for a quick look; leave the line out to train well
	model, err := plan.Fit(ctx, data, func(p smld.Progress) error {
		if p.Done%100 == 0 {
			fmt.Printf("step %d of %d\n", p.Done, p.Total)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return model.Save(path)
}

// draw draws samples of a saved model and writes them as rows of data.
func draw(ctx context.Context, path, out string) error {
	model, err := smld.LoadModel(path)
	if err != nil {
		return err
	}
	x, _, err := model.Draw(ctx, nil, 1000, smld.Numbers{Seed: 1}, nil)
	if err != nil {
		return err
	}
	rows := model.Rows(x) // in units of the data
	fmt.Printf("%d rows of %d values\n", rows.Rows, rows.Cols)
	return dataset.Write(out, dataset.Table{X: rows, Columns: model.Encoding.Columns, Shape: model.Data.Shape})
}
