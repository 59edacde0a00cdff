package kernels

import "github.com/seed964deb49/langevin/internal/streams"

// The first groups of what has blocks of its own in each stream; a group is four blocks.
const (
	firstNormals64  = streams.Normals64 / 4
	firstUniforms   = streams.Uniforms / 4
	firstUniforms64 = streams.Uniforms64 / 4
)

// draw is one of the kernels that fill a slice of float64.
type draw int

const (
	drawNormals draw = iota
	drawUniforms
)

// fill gives a kernel on groups any range, as fillNoise does.
func (d draw) fill(dst []float64, n Noise, at uint64) {
	for len(dst) > 0 {
		skip, m := cut(len(dst), at, groupSize64)
		if m >= groupSize64 {
			d.groups(dst[:m], n, at/groupSize64)
		} else {
			var z [groupSize64]float64
			d.groups(z[:], n, at/groupSize64)
			copy(dst[:m], z[skip:])
		}
		dst, at = dst[m:], at+uint64(m)
	}
}

func (d draw) groups(dst []float64, n Noise, group uint64) {
	if d == drawNormals {
		fillNoise64Groups(dst, n, firstNormals64+group)
		return
	}
	uniform64Groups(dst, n, firstUniforms64+group)
}

func fillUniform(dst []float32, n Noise, at uint64) {
	for len(dst) > 0 {
		skip, m := cut(len(dst), at, groupSize)
		if m >= groupSize {
			uniformGroups(dst[:m], n, firstUniforms+at/groupSize)
		} else {
			var u [groupSize]float32
			uniformGroups(u[:], n, firstUniforms+at/groupSize)
			copy(dst[:m], u[skip:])
		}
		dst, at = dst[m:], at+uint64(m)
	}
}
