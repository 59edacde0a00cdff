package picture_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// Points of the plane, with true ones behind.
func Example() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	moons, err := dataset.Load("moons", 1, dataset.Options{})
	if err != nil {
		log.Fatal(err)
	}
	samples := kernels.NewMatrix64(500, 2)
	kernels.Noise{Seed: 1}.Fill64(samples.Data, 0)

	p, err := picture.Scatter(picture.Plane{Names: [2]string{"x", "y"}},
		picture.Points{Name: "true points", X: moons.X.Slice(0, 500), True: true},
		picture.Points{Name: "normals", X: samples})
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range []string{"moons.png", "moons.svg"} {
		if err := p.Save(filepath.Join(dir, name)); err != nil {
			log.Fatal(err)
		}
		fmt.Println("drawn:", name)
	}
	// Output:
	// drawn: moons.png
	// drawn: moons.svg
}

// The exact score of eight Gaussians at three noise levels, over their density.
func ExampleField() {
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		log.Fatal(err)
	}
	p, err := picture.Field(mixture, []float32{0.3, 1, 3}, picture.FieldOptions{
		Plane:   picture.Plane{Bounds: picture.Bounds{XLow: -6, XHigh: 6, YLow: -6, YHigh: 6}},
		Density: mixture,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Image().Bounds().Dx(), "dots wide")
	// Output:
	// 1680 dots wide
}
