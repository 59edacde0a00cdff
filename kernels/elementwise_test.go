package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// elementwise is the table of the kernels whose operands are slices of one length.
var elementwise = []struct {
	name     string
	operands int
	call     func(x [][]float32)
}{
	{"Fill", 1, func(x [][]float32) { noise.Fill(x[0], 16) }},
	{"Fill/odd start", 1, func(x [][]float32) { noise.Fill(x[0], 1<<34-21) }},
	{"AddNoise", 2, func(x [][]float32) { AddNoise(x[0], x[1], 0.7, noise, 5) }},
	{"AddNoise/in place", 1, func(x [][]float32) { AddNoise(x[0], x[0], 0.7, noise, 1<<40+3) }},
	{"AddNoise/zero sigma", 2, func(x [][]float32) { AddNoise(x[0], x[1], 0, noise, 0) }},
	{"Langevin", 2, func(x [][]float32) { Langevin(x[0], x[1], 0.1, 0.3, noise, 0) }},
	{"Langevin/odd start", 2, func(x [][]float32) { Langevin(x[0], x[1], -0.1, 0.3, noise, 9) }},
	{"Langevin/no noise", 2, func(x [][]float32) { Langevin(x[0], x[1], 0.1, 0, noise, 9) }},
	{"Exp", 2, func(x [][]float32) { Exp(x[0], x[1]) }},
	{"Log", 2, func(x [][]float32) { Log(x[0], x[1]) }},
	{"Sigmoid", 2, func(x [][]float32) { Sigmoid(x[0], x[1]) }},
	{"Softplus", 2, func(x [][]float32) { Softplus(x[0], x[1]) }},
	{"Tanh", 2, func(x [][]float32) { Tanh(x[0], x[1]) }},
	{"ELU", 2, func(x [][]float32) { ELU(x[0], x[1]) }},
	{"SiLU", 2, func(x [][]float32) { SiLU(x[0], x[1]) }},
	{"SiLU/in place", 1, func(x [][]float32) { SiLU(x[0], x[0]) }},
	{"SiLUWithSlope", 3, func(x [][]float32) { SiLUWithSlope(x[0], x[1], x[2]) }},
	{"SiLUWithSlope/slope in place", 2, func(x [][]float32) { SiLUWithSlope(x[0], x[1], x[1]) }},
	{"SigmoidGrad", 3, func(x [][]float32) { SigmoidGrad(x[0], x[1], x[2]) }},
	{"SoftplusGrad", 3, func(x [][]float32) { SoftplusGrad(x[0], x[1], x[2]) }},
	{"TanhGrad", 3, func(x [][]float32) { TanhGrad(x[0], x[1], x[2]) }},
	{"ELUGrad", 3, func(x [][]float32) { ELUGrad(x[0], x[1], x[2]) }},
	{"SiLUGrad", 3, func(x [][]float32) { SiLUGrad(x[0], x[1], x[2]) }},
	{"SiLUGrad/in place of dy", 2, func(x [][]float32) { SiLUGrad(x[0], x[0], x[1]) }},
	{"SiLUGrad/in place of x", 2, func(x [][]float32) { SiLUGrad(x[0], x[1], x[0]) }},
	{"Adam", 4, func(x [][]float32) { squareAll(x[3]); Adam(x[0], x[1], x[2], x[3], nil, adamStep) }},
	{"Adam/with average", 5, func(x [][]float32) { squareAll(x[3]); Adam(x[0], x[1], x[2], x[3], x[4], adamStep) }},
	{"EMA", 2, func(x [][]float32) { EMA(x[0], x[1], 0.01) }},
	{"hadamard", 2, func(x [][]float32) {
		if len(x[0]) > 0 {
			hadamard(x[0], x[1])
		}
	}},
}

var adamStep = AdamStep{Rate: 1e-3, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Correction1: 10, Correction2: 1000,
	GradScale: 0.7, Decay: 1e-4, Average: 0.01}

// squareAll makes second moments of numbers.
func squareAll(x []float32) {
	for i, v := range x {
		x[i] = v * v
	}
}

var noise = Noise{Seed: 0x0123456789abcdef, Stream: 0xfedcba9876543210}

// TestElementwise compares every implementation with the definition bit for bit: all short lengths, and lengths
// around the chunks of the pool.
func TestElementwise(t *testing.T) {
	lengths := []int{sweepChunk - 1, sweepSerial + 5, 3*sweepChunk + 33}
	for n := range 81 {
		lengths = append(lengths, n)
	}
	eachFast(t, func(t *testing.T, fast string) {
		for _, k := range elementwise {
			t.Run(k.name, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				for _, n := range lengths {
					inputs := make([][]float32, k.operands)
					for i := range inputs {
						inputs[i] = values(r, n)
					}
					compare(t, fast, fmt.Sprintf("%s, n=%d", k.name, n), inputs, k.call)
				}
			})
		}
	})
}

// TestOffsets moves the operands through every alignment within a cache line, and checks that the elements around
// them are left alone.
func TestOffsets(t *testing.T) {
	const n, pad = 37, 17
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(3, 4))
		for _, k := range elementwise {
			for offset := range pad {
				inputs := make([][]float32, k.operands)
				for i := range inputs {
					inputs[i] = normals(r, n+2*pad)
				}
				compare(t, fast, fmt.Sprintf("%s, offset %d", k.name, offset), inputs, func(x [][]float32) {
					views := make([][]float32, len(x))
					for i := range x {
						views[i] = x[i][(offset*(i+1))%pad:][:n]
					}
					k.call(views)
				})
			}
		}
	})
}

// FuzzElementwise looks for any input on which an implementation differs from the definition.
func FuzzElementwise(f *testing.F) {
	f.Add(uint64(1), uint16(100), uint64(5), uint32(0x3f800000))
	f.Fuzz(func(t *testing.T, seed uint64, n uint16, at uint64, bits uint32) {
		r := rand.New(rand.NewPCG(seed, 0))
		x := make([]float32, int(n)%3000)
		y := make([]float32, len(x))
		for i := range x {
			x[i], y[i] = anyFloat(r, bits), anyFloat(r, bits)
		}
		stream := Noise{Seed: seed, Stream: uint64(bits)}
		at &= 1<<63 - 1
		for _, fast := range backends() {
			for f := range functionNames {
				what := functionNames[f]
				compare(t, fast, what, [][]float32{x, y}, func(x [][]float32) { apply(what, f, x[0], x[1]) })
			}
			for _, f := range withSlope {
				what := functionNames[f] + "Grad"
				compare(t, fast, what, [][]float32{x, y, x}, func(x [][]float32) { applyGrad(what, f, x[0], x[1], x[2]) })
			}
			compare(t, fast, "SiLUWithSlope", [][]float32{y, x}, func(x [][]float32) { SiLUWithSlope(x[0], x[1], x[1]) })
			compare(t, fast, "Fill", [][]float32{x}, func(x [][]float32) { stream.Fill(x[0], at) })
			compare(t, fast, "Langevin", [][]float32{x, y}, func(x [][]float32) { Langevin(x[0], x[1], 0.5, 2, stream, at) })
			compare(t, fast, "EMA", [][]float32{x, y}, func(x [][]float32) { EMA(x[0], x[1], 0.1) })
		}
	})
}

// anyFloat returns a float of any bit pattern, or one near those given.
func anyFloat(r *rand.Rand, bits uint32) float32 {
	if r.IntN(2) == 0 {
		bits = r.Uint32()
	}
	return math.Float32frombits(bits ^ r.Uint32()&0xff)
}
