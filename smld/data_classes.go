package smld

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
)

// begin sets the source to the points, in the order of a seed, and returns what tells their classes. labels
// are those of the points.
func (d *Data) begin(set *dataset.Set, labels []int, seed uint64) (label func(labels []int, first uint64)) {
	if d.Endless {
		fresh := set.Fresh(seed)
		if classes, ok := fresh.(dataset.Labelled); ok {
			label = classes.LabelBatch
		}
		d.Source = newEncoded(fresh, d.Encoding)
		return label
	}
	epochs := dataset.NewEpochs(d.Points, seed)
	d.Source = epochs
	return func(dst []int, first uint64) {
		epochs.Rows(dst, first)
		for i, row := range dst {
			dst[i] = labels[row]
		}
	}
}

// checkLabels returns an error unless each row of a set has one of its classes.
func checkLabels(set *dataset.Set) error {
	if len(set.Labels) != set.X.Rows || len(set.Classes) == 0 {
		return fmt.Errorf("smld: %s has %d labels of %d classes and %d rows: want a label for each row",
			set.Name, len(set.Labels), len(set.Classes), set.X.Rows)
	}
	for i, label := range set.Labels {
		if label < 0 || label >= len(set.Classes) {
			return fmt.Errorf("smld: row %d of %s has class %d of %d", i+1, set.Name, label, len(set.Classes))
		}
	}
	return nil
}

// splitLabels returns the labels in two parts, as split does rows.
func splitLabels(labels []int, share float64) (rest, taken []int) {
	n := int(share * float64(len(labels)))
	for i, label := range labels {
		if (i+1)*n/len(labels) > i*n/len(labels) {
			taken = append(taken, label)
		} else {
			rest = append(rest, label)
		}
	}
	return rest, taken
}
