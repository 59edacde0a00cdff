package langevin_test

import (
	"fmt"
	"log"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
)

func Example_measure() {
	const n = 500
	moons, err := dataset.Load("moons", 1, dataset.Options{})
	if err != nil {
		log.Fatal(err)
	}
	points := moons.Float32()
	samples, data, more := points.Slice(0, n), points.Slice(n, 2*n), points.Slice(2*n, 3*n)
	noisy := kernels.NewMatrix(n, points.Cols)
	kernels.AddNoise(noisy.Data, samples.Data[:len(noisy.Data)], 1, kernels.Noise{Seed: 1}, 0)

	floor, err := metrics.SlicedMeasure(more, data, 128, 1)
	if err != nil {
		log.Fatal(err)
	}
	for _, x := range []kernels.Matrix{samples, noisy} {
		measure, err := metrics.SlicedMeasure(x, data, 128, 1)
		if err != nil {
			log.Fatal(err)
		}
		c := metrics.Compare("sliced Wasserstein", measure, floor, false, 1)
		fmt.Printf("%s: %.3f, of true points %.3f; can be told from data: %v\n", c.Name, c.Value, c.Floor, c.Told)
	}
	// Output:
	// sliced Wasserstein: 0.066, of true points 0.098; can be told from data: false
	// sliced Wasserstein: 0.263, of true points 0.098; can be told from data: true
}
