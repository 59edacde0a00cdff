package smld

import "github.com/seed964deb49/langevin/kernels"

// stream is the stream of a step of a purpose, one of those that package streams has for this package.
func stream(seed uint64, purpose, step uint64) kernels.Noise {
	return kernels.Noise{Seed: seed, Stream: purpose | step}
}

// randomWord returns word i of a stream.
func randomWord(n kernels.Noise, i uint64) uint32 { return randomWords(n, i/4)[i%4] }

// randomWords returns words 4*block to 4*block+3 of a stream.
func randomWords(n kernels.Noise, block uint64) [4]uint32 {
	return kernels.Philox4x32([2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)},
		[4]uint32{uint32(block), uint32(block >> 32), uint32(n.Stream), uint32(n.Stream >> 32)})
}
