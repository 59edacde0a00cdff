package bench

import (
	"context"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// BenchmarkExactSampler draws 100,000 points of the plane at ten noise levels with the exact score of each
// mixture. Its profile, by -cpuprofile, tells what is spent outside the score and the kernels.
func BenchmarkExactSampler(b *testing.B) {
	const n, levels = 100_000, 10
	for _, name := range smld.MixtureNames() {
		mixture, err := smld.NamedMixture(name)
		if err != nil {
			b.Fatal(err)
		}
		for _, sampler := range []string{"ancestral", "pc", "heun"} {
			s, err := smld.NewSampler(sampler, smld.Range{Max: 10, Min: 0.01}, smld.Options{"Levels": levels})
			if err != nil {
				b.Fatal(err)
			}
			b.Run(name+"/"+sampler, func(b *testing.B) {
				x := kernels.NewMatrix(n, 2)
				points := 0.0
				for b.Loop() {
					smld.Prior(x, nil, 10, smld.Numbers{Seed: 1})
					evaluations, err := s.Sample(context.Background(), mixture, x, smld.Numbers{Seed: 1}, nil)
					if err != nil {
						b.Fatal(err)
					}
					points += evaluations * n
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/points, "ns/evaluation")
			})
		}
	}
}
