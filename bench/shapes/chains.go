package main

import (
	"math"
	"time"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// latency is what a fused multiply-add takes from its addend to its result on most processors, in cycles. It
// serves to name a clock only; the bound below comes from the time that a link is measured to take.
const latency = 4

// units is how many vectors' fused multiply-adds most processors begin in a cycle.
const units = 2

// bound returns how many chains a product has, one for each element, and the operations a second that they
// allow: two for each chain in the time of a link, since a link waits for the one before it. Several cores do
// not raise it. few says that this is what limits the product: its chains do not fill the units of a core.
func (c conditions) bound(s shape.Shape) (chains int, rate float64, few bool) {
	chains = s.M * s.N
	return chains, 2 * float64(chains) / c.link, chains < units*latency*c.lanes()
}

// clock returns the cycles a second for which a link takes latency cycles.
func (c conditions) clock() float64 { return latency / c.link }

// measureLink returns the seconds that a link takes.
func measureLink() float64 {
	const links, repeats = 1 << 19, 9
	fastest := math.Inf(1)
	for range repeats {
		start := time.Now()
		end = chain(links, 0.5, 0.25, end)
		fastest = min(fastest, time.Since(start).Seconds()/links)
	}
	return fastest
}

// end keeps the compiler from leaving the chain out.
var end float64

// chain adds x*y so many times to sum, by fours, so that nothing but the sum takes time.
func chain(links int, x, y, sum float64) float64 {
	for range links / 4 {
		sum = math.FMA(x, y, sum)
		sum = math.FMA(x, y, sum)
		sum = math.FMA(x, y, sum)
		sum = math.FMA(x, y, sum)
	}
	return sum
}
