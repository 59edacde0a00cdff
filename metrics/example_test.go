package metrics_test

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// The distance between two sets of points of one distribution is not zero. It is the floor of any other.
func ExampleSlicedWasserstein() {
	set, err := dataset.Load("8gaussians", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	x := set.Float32()
	a, b := metrics.Sample{X: x.Slice(0, 1000)}, metrics.Sample{X: x.Slice(1000, 2000)}
	distance, err := metrics.SlicedWasserstein(a, b, 1, 128, 1)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.2f", distance)
	// Output: 0.23
}

// Whether all modes of a mixture have samples, and each its share.
func ExampleCountModes() {
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		panic(err)
	}
	set, err := dataset.Load("8gaussians", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	modes := metrics.CountModes(set.Float32().Slice(0, 800), mixture)
	fmt.Printf("%d of %d modes, %v samples\n", modes.Covered, mixture.Components(), modes.Counts)
	// Output: 8 of 8 modes, [88 89 90 93 88 110 127 115] samples
}

// Tables are compared column by column. Here other true rows stand for samples.
func ExampleCompareColumns() {
	set, err := dataset.Load("moons", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	samples, data, more := set.X.Slice(0, 500), set.X.Slice(500, 1000), set.X.Slice(1000, 1500)
	columns, all, err := metrics.CompareColumns(samples, data, more, set.Columns, 1)
	if err != nil {
		panic(err)
	}
	for _, c := range columns {
		fmt.Printf("%s: %s distance %.3f, told from data: %v\n", c.Name, c.Distance, c.Value, c.Told)
	}
	fmt.Println("told by any column:", all.Told)
	// Output:
	// x: KS distance 0.040, told from data: false
	// y: KS distance 0.046, told from data: false
	// told by any column: false
}
