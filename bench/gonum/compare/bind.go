package compare

import "fmt"

// bind returns a loop over a function of one of the signatures below, or nil for nil. Where there are two
// slices, the first is the destination, unless the function returns a number.
func bind[T Float](f any, v vector, o *pair[T]) func(times int) {
	if f == nil {
		return nil
	}
	if run := bindReduction(f, o); run != nil {
		return run
	}
	if run := bindMap(f, v, o); run != nil {
		return run
	}
	panic(fmt.Sprintf("row %s: no binding for a %T", v.name, f))
}

func bindReduction[T Float](f any, o *pair[T]) func(times int) {
	x, y := o.x, o.y
	switch f := f.(type) {
	case func(x []T) T:
		return func(times int) {
			for range times {
				o.value = float64(f(x))
			}
		}
	case func(x []T) int:
		return func(times int) {
			for range times {
				o.value = float64(f(x))
			}
		}
	case func(x, y []T) T:
		return func(times int) {
			for range times {
				o.value = float64(f(x, y))
			}
		}
	}
	return nil
}

func bindMap[T Float](f any, v vector, o *pair[T]) func(times int) {
	x, y, a := o.x, o.y, T(v.scalar)
	if v.inPlace {
		y = x
	}
	switch f := f.(type) {
	case func(dst, x []T):
		return func(times int) {
			for range times {
				f(y, x)
			}
		}
	case func(dst, x []T) []T:
		return func(times int) {
			for range times {
				f(y, x)
			}
		}
	case func(x []T, a T):
		return func(times int) {
			for range times {
				f(x, a)
			}
		}
	case func(dst, x []T, a T):
		return func(times int) {
			for range times {
				f(y, x, a)
			}
		}
	case func(dst []T, a T, x []T):
		return func(times int) {
			for range times {
				f(y, a, x)
			}
		}
	case func(x, y []T, c, s T):
		return func(times int) {
			for range times {
				f(x, y, cosine, sine)
			}
		}
	}
	return nil
}
