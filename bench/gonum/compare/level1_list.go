package compare

import "gonum.org/v1/gonum/blas"

// loop is that of a routine without a value.
type loop = func(times int)

var level1List = []level1{
	{"dot",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					o.value = float64(b.Sdot(n, o.x, 1, o.y, 1))
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					o.value = b.Ddot(n, o.x, 1, o.y, 1)
				}
			}
		},
	},
	{"axpy",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					b.Saxpy(n, axpyBy, o.x, 1, o.y, 1)
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					b.Daxpy(n, axpyBy, o.x, 1, o.y, 1)
				}
			}
		},
	},
	{"scal",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					b.Sscal(n, scaleBy, o.x, 1)
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					b.Dscal(n, scaleBy, o.x, 1)
				}
			}
		},
	},
	{"asum",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					o.value = float64(b.Sasum(n, o.x, 1))
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					o.value = b.Dasum(n, o.x, 1)
				}
			}
		},
	},
	{"nrm2",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					o.value = float64(b.Snrm2(n, o.x, 1))
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					o.value = b.Dnrm2(n, o.x, 1)
				}
			}
		},
	},
	{"iamax",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					o.value = float64(b.Isamax(n, o.x, 1))
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					o.value = float64(b.Idamax(n, o.x, 1))
				}
			}
		},
	},
	{"rot",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					b.Srot(n, o.x, 1, o.y, 1, cosine, sine)
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					b.Drot(n, o.x, 1, o.y, 1, cosine, sine)
				}
			}
		},
	},
	{"swap",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					b.Sswap(n, o.x, 1, o.y, 1)
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					b.Dswap(n, o.x, 1, o.y, 1)
				}
			}
		},
	},
	{"copy",
		func(b blas.Float32, n int, o *pair[float32]) loop {
			return func(times int) {
				for range times {
					b.Scopy(n, o.x, 1, o.y, 1)
				}
			}
		},
		func(b blas.Float64, n int, o *pair[float64]) loop {
			return func(times int) {
				for range times {
					b.Dcopy(n, o.x, 1, o.y, 1)
				}
			}
		},
	},
}
