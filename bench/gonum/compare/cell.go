package compare

import (
	"math"
	"time"
)

// Settings say what to measure and for how long.
type Settings struct {
	// Rounds is how many bursts each peer has. They take turns.
	Rounds int
	// Limit ends the rounds of a row and size early, after at least one.
	Limit time.Duration
}

// Cell is a row at a size: the time of each peer.
type Cell struct {
	Row       string
	Precision string
	N         int
	// Nanoseconds are the peers' best, NaN where a peer lacks the row.
	Nanoseconds []float64
	// Ours is the first of ours that has the row and Best the fastest accurate one of the others, or -1.
	Ours, Best int
}

// Ratio is how many times as fast as the best of the others ours is, or NaN.
func (c Cell) Ratio() float64 {
	if c.Ours < 0 || c.Best < 0 {
		return math.NaN()
	}
	return c.Nanoseconds[c.Best] / c.Nanoseconds[c.Ours]
}

// Measure times a row at a size.
func Measure(r Row, n int, peers []Peer, s Settings) Cell {
	operands := r.operands(n)
	timers := make([]timer, len(peers))
	for i, p := range peers {
		timers[i].task = r.bind(p, operands)
	}
	begin := time.Now()
	for range s.Rounds {
		for i := range timers {
			if timers[i].run != nil {
				timers[i].burst()
			}
		}
		if time.Since(begin) > s.Limit {
			break
		}
	}
	c := Cell{Row: r.Name, Precision: r.Precision, N: n, Ours: -1, Best: -1}
	for i, p := range peers {
		seconds := math.NaN()
		if timers[i].run != nil {
			seconds = timers[i].best
		}
		c.Nanoseconds = append(c.Nanoseconds, seconds*1e9)
		switch {
		case math.IsNaN(seconds):
		case p.Ours:
			if c.Ours < 0 {
				c.Ours = i
			}
		case p.accurate(r.Name, r.Precision) && (c.Best < 0 || c.Nanoseconds[i] < c.Nanoseconds[c.Best]):
			c.Best = i
		}
	}
	return c
}
