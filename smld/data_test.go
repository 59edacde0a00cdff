package smld

import (
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
)

// TestSplit holds out that many rows, evenly, and loses none.
func TestSplit(t *testing.T) {
	set, err := dataset.Digits()
	if err != nil {
		t.Fatal(err)
	}
	rest, taken := split(set.X, 0.05)
	if rest.Rows != 1425 || taken.Rows != 75 {
		t.Fatalf("%d and %d rows", rest.Rows, taken.Rows)
	}
	sum := func(x []float64) (sum float64) {
		for _, v := range x {
			sum += v * v
		}
		return sum
	}
	if sum(rest.Data)+sum(taken.Data) != sum(set.X.Data) {
		t.Error("rows are lost")
	}
	if !slices.Equal(taken.Row(0), set.X.Row(19)) || !slices.Equal(taken.Row(74), set.X.Row(1499)) {
		t.Error("the rows held out are not every twentieth")
	}
}
