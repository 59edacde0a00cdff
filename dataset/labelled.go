package dataset

import (
	"math"
	"strconv"

	"github.com/seed964deb49/langevin/internal/streams"
)

// Labelled is a Source whose points have classes.
type Labelled interface {
	Source
	// Classes returns how many classes there are.
	Classes() int
	// LabelBatch sets labels[r] to the class of point first+r, from 0 on.
	LabelBatch(labels []int, first uint64)
}

// classedToy is a toy set of several parts.
type classedToy struct{ *toy }

// Classes returns the number of parts.
func (t *classedToy) Classes() int { return t.set.classes }

// LabelBatch sets labels[r] to the part of point first+r.
func (t *classedToy) LabelBatch(labels []int, first uint64) {
	checkIndices(t.set.name, "LabelBatch", len(labels), first, math.MaxInt64)
	key, stream := split(t.seed), split(streams.ToyWords)
	for r := range labels {
		labels[r] = t.set.class(philox(key, first+uint64(r), stream))
	}
}

// numbers returns the numbers from 0 to n-1 as names.
func numbers(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return names
}

func gridGaussian(w [4]uint32) int { return choice(w[0], gridSide*gridSide) }

func twoGaussian(w [4]uint32) int {
	if unit(w[0]) < 0.8 {
		return 0
	}
	return 1
}
