package compare

// task is an operation on its operands, as one peer does it.
type task struct {
	// use, where there is one, is called before a burst.
	use func()
	// run does it so many times. The loop is in here, so that a time of some nanoseconds has no call of a
	// closure in it.
	run func(times int)
	// result returns what the last time computed, for tests.
	result func() []float64
}

// Row is an operation.
type Row struct {
	Name      string
	Group     string // "level1" to "level3", "functions" or "mat"
	Sizes     []int
	Precision string // "f32" or "f64"
	// operands makes what all peers' tasks of a size share.
	operands func(n int) any
	// bind returns the peer's task on the operands; run is nil where the peer does not have it.
	bind func(p Peer, operands any) task
}

// Rows are all rows, level by level.
func Rows() []Row {
	var rows []Row
	rows = append(rows, level1Rows()...)
	rows = append(rows, vectorRows()...)
	rows = append(rows, matrixRows(2, "f32", routines32)...)
	rows = append(rows, matrixRows(2, "f64", routines64)...)
	rows = append(rows, matrixRows(3, "f32", routines32)...)
	rows = append(rows, matrixRows(3, "f64", routines64)...)
	return append(rows, matRows()...)
}

// repeat returns a loop over f for operations that are long next to a call.
func repeat(f func()) func(times int) {
	return func(times int) {
		for range times {
			f()
		}
	}
}
