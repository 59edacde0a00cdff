//go:build (amd64 || arm64) && !purego

package kernels

// columns applies all sweeps to columns from to to-1, first those that go together and then the others.
func (r *rowRotation) columns(from, to int) {
	groups, length := r.groups(), r.groupLength()
	row, first := r.a.Stride, 0
	if r.backward {
		row, first = -row, r.pairs*row
	}
	for g := range groups {
		r.some(from, to, row, first, sweepsAbreast, &r.packed[g*length])
	}
	for k := range r.sweeps - groups*sweepsAbreast {
		r.some(from, to, row, first, 1, &r.packed[groups*length+2*r.pairs*k])
	}
}

// some applies sweeps that go together.
func (r *rowRotation) some(from, to, row, first, sweeps int, rotations *float64) {
	whole, lanes := rotateWidth(sweeps)
	j := from
	for ; j+whole <= to; j += whole {
		rotateWhole(sweeps, &r.a.Data[first+j], row, rotations, r.pairs, whole)
	}
	for ; j < to; j += lanes {
		rotateVector(sweeps, &r.a.Data[first+j], row, rotations, r.pairs, min(lanes, to-j))
	}
}
