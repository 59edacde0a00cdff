package smld

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
)

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
