package kernels

import "math"

// eachBlock sets of[b] to f of the elements from to to-1, which are block b of n elements.
func eachBlock[T float](of []T, n int, f func(from, to int) T) {
	for b := range of {
		of[b] = f(b*blockSize, min((b+1)*blockSize, n))
	}
}

// inLanes is the sum over a block in 64 lanes of float32 or 32 of float64. Element from+i goes to lane
// i%lanes by add. Lanes are then added by halves.
func inLanes[T float](from, to int, add func(lane T, i int) T) T {
	var all [64]T
	lane := all[:256/sizeOf[T]()]
	for i := from; i < to; i++ {
		l := (i - from) % len(lane)
		lane[l] = add(lane[l], i)
	}
	for half := len(lane) / 2; half > 0; half /= 2 {
		for l := range half {
			lane[l] += lane[l+half]
		}
	}
	return lane[0]
}

func dotBlocksGeneric[T float](of, x, y []T) {
	eachBlock(of, len(x), func(from, to int) T {
		return inLanes(from, to, func(lane T, i int) T { return fma(x[i], y[i], lane) })
	})
}

func squareBlocksGeneric[T float](of, x []T) { dotBlocksGeneric(of, x, x) }

func sumBlocksGeneric[T float](of, x []T) {
	eachBlock(of, len(x), func(from, to int) T {
		return inLanes(from, to, func(lane T, i int) T { return lane + x[i] })
	})
}

func asumBlocksGeneric[T float](of, x []T) {
	eachBlock(of, len(x), func(from, to int) T {
		return inLanes(from, to, func(lane T, i int) T { return lane + magnitude(x[i]) })
	})
}

// magnitude is |x|.
func magnitude[T float](x T) T { return T(math.Abs(float64(x))) }
