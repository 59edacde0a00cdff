package langevin_test

import (
	"context"
	"fmt"
	"log"
	"math"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// denoiser is a network that somebody else has trained: it sets the rows of dst to the expected clean points of
// the rows of x, which have noise of standard deviation sigma.
type denoiser func(dst, x kernels.Matrix, sigma float32)

// Dim returns the dimension of a point.
func (d denoiser) Dim() int { return 1 }

// At makes a denoiser a smld.Score: the score is (denoised - x)/sigma^2.
func (d denoiser) At(dst, x kernels.Matrix, sigma float32) {
	d(dst, x, sigma)
	for i := range x.Rows {
		kernels.Axpby(dst.Row(i), 1/(sigma*sigma), dst.Row(i), -1/(sigma*sigma), x.Row(i))
	}
}

// counted is a score that counts its evaluations. All else is that of the score in it.
type counted struct {
	smld.Score
	calls int
}

// At sets dst to the score at the rows of x.
func (c *counted) At(dst, x kernels.Matrix, sigma float32) {
	c.calls++
	c.Score.At(dst, x, sigma)
}

// signs denoises points that are -1 or 1, each half of the time.
func signs(dst, x kernels.Matrix, sigma float32) {
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			dst.Row(i)[j] = float32(math.Tanh(float64(v / (sigma * sigma))))
		}
	}
}

func Example_score() {
	score := &counted{Score: denoiser(signs)}
	sampler, err := smld.NewSampler("dpm3m", smld.Range{Max: 20, Min: 0.02}, smld.Options{"Levels": 20})
	if err != nil {
		log.Fatal(err)
	}
	numbers := smld.Numbers{Seed: 1}
	x := kernels.NewMatrix(1000, score.Dim())
	smld.Prior(x, nil, smld.PriorStd(sampler.Start(), 1), numbers)
	evaluations, err := sampler.Sample(context.Background(), score, x, numbers, nil)
	if err != nil {
		log.Fatal(err)
	}
	right := 0
	for i := range x.Rows {
		if math.Abs(float64(x.Row(i)[0]-1)) < 0.01 {
			right++
		}
	}
	fmt.Printf("%v evaluations, %d calls: %d of 1000 samples are 1\n", evaluations, score.calls, right)
	// Output: 20 evaluations, 20 calls: 473 of 1000 samples are 1
}
