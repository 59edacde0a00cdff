package kernels

// The definitions of the kernels on whole groups: len(dst) is a multiple of groupSize.

func fillNoiseGroupsGeneric(dst []float32, n Noise, group uint64) {
	for ; len(dst) > 0; dst, group = dst[groupSize:], group+1 {
		noiseGroup((*[groupSize]float32)(dst), n, group)
	}
}

func addNoiseGroupsGeneric(dst, x []float32, sigma float32, n Noise, group uint64) {
	var z [groupSize]float32
	for ; len(dst) > 0; dst, x, group = dst[groupSize:], x[groupSize:], group+1 {
		noiseGroup(&z, n, group)
		for i, z := range z {
			dst[i] = fma32(sigma, z, x[i])
		}
	}
}

func langevinGroupsGeneric(x, score []float32, drift, diffusion float32, n Noise, group uint64) {
	var z [groupSize]float32
	for ; len(x) > 0; x, score, group = x[groupSize:], score[groupSize:], group+1 {
		noiseGroup(&z, n, group)
		for i, z := range z {
			x[i] = fma32(diffusion, z, fma32(drift, score[i], x[i]))
		}
	}
}

func driftGeneric(x, score []float32, drift float32) {
	for i, s := range score {
		x[i] = fma32(drift, s, x[i])
	}
}
