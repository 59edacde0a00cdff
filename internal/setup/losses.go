package setup

// RecentLosses is how many losses of a training are kept.
const RecentLosses = 200

// Losses are the last losses of a training. Their mean says more than one of them, which depends much on the
// noise levels that were drawn.
type Losses struct {
	ring [RecentLosses]float64
	n    int
}

// Add adds the loss of the next step.
func (l *Losses) Add(loss float64) {
	l.ring[l.n%len(l.ring)] = loss
	l.n++
}

// Steps returns how many losses have been added.
func (l *Losses) Steps() int { return l.n }

// Mean returns the mean of the last losses, summed in their order. It is NaN where there are none.
func (l *Losses) Mean() float64 {
	n := min(l.n, len(l.ring))
	sum := 0.0
	for i := l.n - n; i < l.n; i++ {
		sum += l.ring[i%len(l.ring)]
	}
	return sum / float64(n)
}
