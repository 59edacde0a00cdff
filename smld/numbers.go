package smld

// Numbers say which random numbers a call takes. The rows that it works on are numbers First, First+1 and so
// on of what Seed gives. A row's result does not depend on what else is drawn in the call. So a batch may be
// drawn in parts, or on several machines.
type Numbers struct {
	Seed  uint64
	First uint64 // the number of the first row
}

// from returns the numbers of the rows from row on.
func (n Numbers) from(row int) Numbers { return Numbers{n.Seed, n.First + uint64(row)} }

// at is the index of the first normal of row i of a matrix with cols columns.
func (n Numbers) at(i, cols int) uint64 { return (n.First + uint64(i)) * uint64(cols) }
