package smld

import "github.com/seed964deb49/langevin/kernels"

// One seed feeds several independent streams of noise. The upper bits of a stream's number have its purpose,
// and the lower bits the number of a step.
const (
	streamInit       = iota + 1 // initial weights
	streamLevels                // noise level of each training point
	streamTrain                 // noise on each training point
	streamPrior                 // where samples start
	streamSample                // noise of each sampling step
	streamComponents            // component of each point of a mixture
	streamPoints                // where in the component
	streamCorrector             // noise of each step of a corrector
	streamProbe                 // probes of a divergence
	streamKnown                 // noise on known coordinates
	streamDequantize            // where in its bin a value lies
	_                           // in use once, and kept so that those below stay what they are
	streamHeldOut               // noise on held-out points
	streamAxes                  // where the search for principal axes begins
	streamParticles             // of an Inpainter: where they start, and their steps
	streamResampling            // which of them go on
	streamDropout               // which training points lose their conditions
)

func stream(seed uint64, purpose, step uint64) kernels.Noise {
	return kernels.Noise{Seed: seed, Stream: purpose<<48 | step}
}

// randomWord returns word i of a stream.
func randomWord(n kernels.Noise, i uint64) uint32 { return randomWords(n, i/4)[i%4] }

// randomWords returns words 4*block to 4*block+3 of a stream.
func randomWords(n kernels.Noise, block uint64) [4]uint32 {
	return kernels.Philox4x32([2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)},
		[4]uint32{uint32(block), uint32(block >> 32), uint32(n.Stream), uint32(n.Stream >> 32)})
}
