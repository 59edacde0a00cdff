package kernels

// The noise kernels work on whole groups of 16 elements. The functions below give them any range. A group
// that the range cuts goes through a buffer. A range of whole groups goes to a kernel right away, since many
// such ranges are short.

func fillNoise(dst []float32, n Noise, at uint64) {
	if whole(len(dst), at, groupSize) {
		fillNoiseGroups(dst, n, at/groupSize)
		return
	}
	fillNoisePieces(dst, n, at)
}

func fillNoisePieces(dst []float32, n Noise, at uint64) {
	for len(dst) > 0 {
		skip, m := cut(len(dst), at, groupSize)
		if m >= groupSize {
			fillNoiseGroups(dst[:m], n, at/groupSize)
		} else {
			var z [groupSize]float32
			fillNoiseGroups(z[:], n, at/groupSize)
			copy(dst[:m], z[skip:])
		}
		dst, at = dst[m:], at+uint64(m)
	}
}

func addNoise(dst, x []float32, sigma float32, n Noise, at uint64) {
	if whole(len(dst), at, groupSize) {
		addNoiseGroups(dst, x, sigma, n, at/groupSize)
		return
	}
	addNoisePieces(dst, x, sigma, n, at)
}

func addNoisePieces(dst, x []float32, sigma float32, n Noise, at uint64) {
	for len(dst) > 0 {
		skip, m := cut(len(dst), at, groupSize)
		if m >= groupSize {
			addNoiseGroups(dst[:m], x[:m], sigma, n, at/groupSize)
		} else {
			var d, s [groupSize]float32
			copy(s[skip:], x[:m])
			addNoiseGroups(d[:], s[:], sigma, n, at/groupSize)
			copy(dst[:m], d[skip:])
		}
		dst, x, at = dst[m:], x[m:], at+uint64(m)
	}
}

func langevin(x, score []float32, drift, diffusion float32, n Noise, at uint64) {
	if whole(len(x), at, groupSize) {
		langevinGroups(x, score, drift, diffusion, n, at/groupSize)
		return
	}
	langevinPieces(x, score, drift, diffusion, n, at)
}

func langevinPieces(x, score []float32, drift, diffusion float32, n Noise, at uint64) {
	for len(x) > 0 {
		skip, m := cut(len(x), at, groupSize)
		if m >= groupSize {
			langevinGroups(x[:m], score[:m], drift, diffusion, n, at/groupSize)
		} else {
			var d, s [groupSize]float32
			copy(d[skip:], x[:m])
			copy(s[skip:], score[:m])
			langevinGroups(d[:], s[:], drift, diffusion, n, at/groupSize)
			copy(x[:m], d[skip:])
		}
		x, score, at = x[m:], score[m:], at+uint64(m)
	}
}

// groupsToCarry is the number of groups after which the lower half of the block counter overflows.
const groupsToCarry = 1 << 30

// whole reports whether n elements from index at on are one run of whole groups of a size, as cut makes them.
func whole(n int, at, size uint64) bool {
	groups := at/size%groupsToCarry + uint64(n)/size // since the last overflow
	return n > 0 && (uint64(n)|at)%size == 0 && groups <= groupsToCarry
}

// cut returns the length m of the next piece of n > 0 elements that start at index at. The piece is either a
// run of whole groups of a size, or a part of one group from its element skip on. A run ends where the lower
// half of the block counter overflows, so that a kernel need not carry.
func cut(n int, at, size uint64) (skip, m int) {
	skip = int(at % size)
	if skip != 0 || uint64(n) < size {
		return skip, min(int(size)-skip, n)
	}
	groups := min(uint64(n)/size, groupsToCarry-at/size%groupsToCarry)
	return 0, int(groups * size)
}
