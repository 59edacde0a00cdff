package smld

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

var samplersGolden = map[string]uint64{
	"LMS":                            0x23228f97b74f4a7a,
	"LMS, raw":                       0xa5a652591a9efc1d,
	"DPM 2M":                         0xb9112aaaf0734580,
	"DPM 3M":                         0xc8d012c8cd70d40b,
	"DPM 2M SDE":                     0x27dba860d46f8d91,
	"DPM 3M SDE":                     0x086af3510b481d70,
	"Heun":                           0x4cbea8e47a79ab01,
	"Heun, churn":                    0xe1b1c0bf790d146f,
	"Langevin":                       0x0e99efc7e109559a,
	"RK45":                           0x751c58c36c7c98b1,
	"RK45, raw":                      0x1b171fba6ca785f1,
	"ancestral":                      0xf592da6dde80b271,
	"annealed":                       0x027fd19eb039ffe7,
	"consistent":                     0xec7917de6f025b54,
	"corrected":                      0x209c253d601e8fac,
	"corrected, literal":             0x23c7cdacc52b26eb,
	"draw":                           0xedc22bed79e6eddc,
	"empirical likelihood, 0 probes": 0xa911b1d9e9364630,
	"empirical likelihood, 2 probes": 0x386304b9c8bcdf46,
	"interpolate":                    0x8c15aeda635a7e02,
	"likelihood, 0 probes":           0xc006475671a28c13,
	"likelihood, 2 probes":           0x3c7a2f6ab45a191c,
	"probability flow":               0xe17b430e8667f700,
	"reverse diffusion":              0xf57ee66cb4460a41,
}

// TestSamplersGolden holds samples to bits that no architecture may change.
func TestSamplersGolden(t *testing.T) {
	check := func(name string, values any) {
		h := fnv.New64a()
		if err := binary.Write(h, binary.LittleEndian, values); err != nil {
			t.Fatal(err)
		}
		if got := h.Sum64(); got != samplersGolden[name] {
			t.Errorf("%q: %#016x, want %#016x", name, got, samplersGolden[name])
		}
	}
	means := kernels.Matrix{Rows: 3, Cols: 2, Stride: 2, Data: []float32{1, 2, -3, 0.5, 4, -4}}
	full := must[*GaussianMixture](t)(NewFullGaussianMixture([]float64{1, 2, 3}, means, []mat.Symmetric{
		mat.NewSymDense(2, []float64{1, 0.3, 0.3, 0.7}), mat.NewSymDense(2, []float64{2, -1.1, -1.1, 0.8}),
		mat.NewDiagDense(2, []float64{0.1, 3}),
	}))
	for name, sampler := range allSamplers(t) {
		x := kernels.NewMatrix(40, 2)
		Prior(x, []float32{1, 2}, sampler.Start(), Numbers{Seed: 5})
		if _, err := sampler.Sample(t.Context(), full, x, Numbers{Seed: 5}, nil); err != nil {
			t.Fatal(err)
		}
		check(name, x.Data)
	}
	x, densities := kernels.NewMatrix(40, 2), make([]float64, 40)
	full.Draw(x, Numbers{Seed: 5})
	check("draw", x.Data)
	empirical := must[*Empirical](t)(NewEmpirical(x))
	for _, probes := range []int{0, 2} {
		l := Likelihood{SigmaMin: 0.2, SigmaMax: 20, Std: 4, RelTol: 1e-3, AbsTol: 1e-3, Probes: probes}
		if _, err := l.LogDensity(t.Context(), densities, full, x, Numbers{}); err != nil {
			t.Fatal(err)
		}
		check(fmt.Sprintf("likelihood, %d probes", probes), densities)
		if _, err := l.LogDensity(t.Context(), densities, empirical, x, Numbers{}); err != nil {
			t.Fatal(err)
		}
		check(fmt.Sprintf("empirical likelihood, %d probes", probes), densities)
	}
	path := kernels.NewMatrix(5, 2)
	solver := RK45{Sigmas: []float32{20, 0.2}, RelTol: 1e-3, AbsTol: 1e-3}
	a, b := []float32{1, 2}, []float32{4, -3}
	if err := Interpolate(t.Context(), solver, full, path, a, b, nil); err != nil {
		t.Fatal(err)
	}
	check("interpolate", path.Data)
}
