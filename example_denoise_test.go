package langevin_test

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

func Example_denoise() {
	const pairs, sigma, place, near = 1 << 20, 0.5, 0.5, 0.02
	clean, z, x := make([]float32, pairs), make([]float32, pairs), make([]float32, pairs)
	for i := range clean {
		clean[i] = float32(1 - 2*(i%2)) // 1 and -1 in turn
	}
	noise := kernels.Noise{Seed: 1}
	noise.Fill(z, 0)
	kernels.AddNoise(x, clean, sigma, noise, 0) // x = clean + sigma*z

	sum, count := 0.0, 0.0
	for i := range x {
		if math.Abs(float64(x[i])-place) < near {
			sum -= float64(z[i]) / sigma
			count++
		}
	}
	score := (math.Tanh(place/(sigma*sigma)) - place) / (sigma * sigma)
	fmt.Printf("mean of -z/sigma over %.0f pairs near %v: %.2f\n", count, place, sum/count)
	fmt.Printf("score at %v: %.2f\n", place, score)
	// Output:
	// mean of -z/sigma over 10399 pairs near 0.5: 1.84
	// score at 0.5: 1.86
}
