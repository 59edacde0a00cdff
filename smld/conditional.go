package smld

import (
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/internal/shortlist"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Conditional is a Source that tells something about each point in a few numbers of about unit size, such as
// its class. A model of such points has the score of the distribution given a condition. The network sees the
// numbers and, behind them, a 1. All of these are zero where there is no condition.
//
// A source may be Augmented too. Its points then come from AugmentedBatch.
type Conditional interface {
	Source
	// Conditions returns how many numbers a condition has.
	Conditions() int
	// ConditionalBatch does what Batch does, and sets row r of conditions to the condition of point first+r.
	// Where dst has no columns, it sets conditions alone.
	ConditionalBatch(dst, conditions kernels.Matrix, first uint64)
}

// conditions returns how many numbers a condition of a source's points has.
func conditions(s Source) int {
	if c, ok := s.(Conditional); ok {
		return c.Conditions()
	}
	return 0
}

// conditionInputs returns how many inputs of a network tell a condition.
func conditionInputs(conditions int) int {
	if conditions == 0 {
		return 0
	}
	return conditions + 1
}

// checkConditions returns an error unless conditions of that many numbers can be told, and be of the classes.
func checkConditions(conditions int, classes []string) error {
	switch {
	case conditions < 0:
		return fmt.Errorf("conditions of %d numbers: want none below zero", conditions)
	case classes != nil && len(classes) != conditions:
		return fmt.Errorf("%d classes and conditions of %d numbers: want a number for each class",
			len(classes), conditions)
	}
	for i, name := range classes {
		if slices.Contains(classes[:i], name) {
			return fmt.Errorf("two classes have the name %q", name)
		}
	}
	return nil
}

// Classed is a Source whose points have classes. With K classes, a point's condition is sqrt(K) at the place
// of its class and 0 at the others (Karras et al. 2022), so that each number is of about unit size over the
// classes. It serves one caller at a time.
type Classed struct {
	Source
	classes int
	label   func(labels []int, first uint64)
	labels  []int // of a batch
}

// NewClassed returns a source of points of that many classes. label sets labels[r] to the class of point
// first+r, from 0 on.
func NewClassed(source Source, classes int, label func(labels []int, first uint64)) *Classed {
	return &Classed{Source: source, classes: classes, label: label}
}

// Conditions returns the number of classes.
func (c *Classed) Conditions() int { return c.classes }

// ConditionalBatch sets the rows of dst, unless it has no columns, and those of conditions.
func (c *Classed) ConditionalBatch(dst, conditions kernels.Matrix, first uint64) {
	if dst.Cols > 0 {
		c.Source.Batch(dst, first)
	}
	if len(c.labels) < conditions.Rows {
		c.labels = make([]int, conditions.Rows)
	}
	labels := c.labels[:conditions.Rows]
	c.label(labels, first)
	oneHot(conditions, labels)
}

// AugmentLabels returns the number of labels of the source; see Augmented.
func (c *Classed) AugmentLabels() int { return augmentLabels(c.Source) }

// AugmentedBatch sets the rows of dst and labels as the source does, which has some.
func (c *Classed) AugmentedBatch(dst, labels kernels.Matrix, first uint64) {
	c.Source.(Augmented).AugmentedBatch(dst, labels, first)
}

// oneHot sets row i of dst to the condition of class labels[i].
func oneHot(dst kernels.Matrix, labels []int) {
	size := float32(math.Sqrt(float64(dst.Cols)))
	for i, label := range labels {
		row := dst.Row(i)
		clear(row)
		row[label] = size
	}
}

// Class returns the place of a class of that name, or an error that lists the classes.
func (m *Model) Class(name string) (int, error) {
	if len(m.Data.Classes) == 0 {
		return 0, fmt.Errorf("smld: the model knows no classes")
	}
	i := slices.Index(m.Data.Classes, name)
	if i < 0 {
		return 0, fmt.Errorf("smld: the model knows no class %q; choose one of %s",
			name, shortlist.Join(m.Data.Classes))
	}
	return i, nil
}

// ClassConditions returns the conditions of classes, one in each row, for Model.Conditional. Classes are
// given by their places; others panic.
func (m *Model) ClassConditions(classes ...int) kernels.Matrix {
	for _, c := range classes {
		if c < 0 || c >= m.Conditions {
			panic(fmt.Sprintf("smld: ClassConditions: class %d of %d", c, m.Conditions))
		}
	}
	x := kernels.NewMatrix(len(classes), m.Conditions)
	oneHot(x, classes)
	return x
}

// condition fetches the conditions of the batch and takes some of them away. It sets x too, unless that has
// no columns.
func (t *Trainer) condition(x kernels.Matrix) {
	n := t.model.Conditions
	t.source.(Conditional).ConditionalBatch(x, columns(t.given, 0, n), t.points)
	words := stream(t.config.Seed, streams.Dropout, 0)
	dropout := t.config.LabelDropout
	switch dropout {
	case 0:
		dropout = DefaultLabelDropout
	case NoLabelDropout:
		dropout = 0
	}
	below := dropout * (1 << 32)
	var block [4]uint32
	for i := range t.given.Rows {
		at := t.points + uint64(i)
		if i == 0 || at%4 == 0 {
			block = randomWords(words, at/4)
		}
		row := t.given.Row(i)
		if row[n] = 1; float64(block[at%4]) < below {
			clear(row)
		}
	}
}
