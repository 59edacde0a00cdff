package langevin_test

import (
	"context"
	"fmt"
	"log"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

func Example_first() {
	defer inTemporary()() // not shown
	ctx := context.Background()
	set, err := dataset.Load("moons", 1, dataset.Options{}) // or a file, such as people.csv
	if err != nil {
		log.Fatal(err)
	}
	data, err := smld.NewData(set, smld.DataConfig{Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	plan := smld.Choose(data, 1)
	plan.Train.Steps, plan.Train.WarmUp = 300, 30 // not shown
	model, err := plan.Fit(ctx, data, nil)
	if err != nil {
		log.Fatal(err)
	}
	x, _, err := model.Draw(ctx, nil, 3000, smld.Numbers{Seed: 1}, nil)
	if err != nil {
		log.Fatal(err)
	}
	drawn, err := picture.Samples(model, model.Rows(x), picture.SamplesOptions{True: set.X})
	if err != nil {
		log.Fatal(err)
	}
	if err := drawn.Save("samples.png"); err != nil {
		log.Fatal(err)
	}
	fmt.Println("drew", x.Rows, "samples")
	// Output:
	// drew 3000 samples
}
