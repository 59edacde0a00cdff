package kernels

// The definitions of the kernels of float64 and of uniforms on whole groups: len(dst) is a multiple of
// groupSize64, or for float32 of groupSize.

func fillNoise64GroupsGeneric(dst []float64, n Noise, group uint64) {
	for ; len(dst) > 0; dst, group = dst[groupSize64:], group+1 {
		noiseGroup64((*[groupSize64]float64)(dst), n, group)
	}
}

// uniformGroupsGeneric takes the words in the order of noiseGroup.
func uniformGroupsGeneric(dst []float32, n Noise, group uint64) {
	for ; len(dst) > 0; dst, group = dst[groupSize:], group+1 {
		for b := range uint64(4) {
			w := philoxBlock(n, 4*group+b)
			for half := range uint64(2) {
				dst[2*b+half], dst[8+2*b+half] = uniform(w[1-half]), uniform(w[3-half])
			}
		}
	}
}

func uniform64GroupsGeneric(dst []float64, n Noise, group uint64) {
	for ; len(dst) > 0; dst, group = dst[groupSize64:], group+1 {
		for l := range uint64(4) {
			first, second := wordsOfBlock(n, 4*group+l)
			dst[l], dst[4+l] = uniform64(first), uniform64(second)
		}
	}
}

func noiseWordsGroupsGeneric(dst []uint64, n Noise, group uint64) {
	for ; len(dst) > 0; dst, group = dst[groupSize64:], group+1 {
		for l := range uint64(4) {
			dst[l], dst[4+l] = wordsOfBlock(n, 4*group+l)
		}
	}
}

// uniform is the upper 24 bits of w over 2^24.
func uniform(w uint32) float32 { return float32(w>>8) * 0x1p-24 }

// uniform64 is the lower 53 bits of w over 2^53.
func uniform64(w uint64) float64 { return float64(w<<11>>11) * 0x1p-53 }

// philoxBlock returns the words of a Philox block of stream n.
func philoxBlock(n Noise, block uint64) [4]uint32 {
	return Philox4x32([2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)},
		[4]uint32{uint32(block), uint32(block >> 32), uint32(n.Stream), uint32(n.Stream >> 32)})
}
