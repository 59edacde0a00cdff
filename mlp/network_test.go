package mlp

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

func TestNewErrors(t *testing.T) {
	for _, sizes := range [][]int{
		nil, {3}, {3, 0, 2}, {3, -1}, {1, 1 << 21}, slices.Repeat([]int{1 << 20}, 34),
	} {
		if _, err := New(sizes...); err == nil || !strings.Contains(err.Error(), "sizes") {
			t.Errorf("New(%v): %v", sizes, err)
		}
	}
}

func TestNewResidualErrors(t *testing.T) {
	for _, c := range []struct {
		want  string
		sizes []int
	}{
		{"odd number", []int{3, 2}}, {"odd number", []int{3, 4, 4, 2}},
		{"equally wide", []int{3, 4, 4, 5, 2}}, {"size 0", []int{3, 4, 0, 4, 2}},
	} {
		if _, err := NewResidual(c.sizes...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("NewResidual(%v): %v", c.sizes, err)
		}
	}
}

// TestInit: hidden weights have He's variance; the output starts at zero.
func TestInit(t *testing.T) {
	n, err := New(50, 400, 300, 2)
	if err != nil {
		t.Fatal(err)
	}
	n.Init(kernels.Noise{Seed: 1})
	for l, w := range n.Weights[:2] {
		var sum, squares float64
		for _, x := range w.Data {
			sum, squares = sum+float64(x), squares+float64(x)*float64(x)
		}
		count := float64(len(w.Data))
		variance, want := squares/count, 2/float64(w.Rows)
		if math.Abs(variance/want-1) > 5*math.Sqrt(2/count) || math.Abs(sum/count) > 5*math.Sqrt(want/count) {
			t.Errorf("weights of layer %d: mean %v, variance %v, want 0 and %v", l, sum/count, variance, want)
		}
	}
	y := n.Forward(n.NewTape(1), kernels.Matrix{Rows: 1, Cols: 50, Stride: 50, Data: n.Block[:50]})
	if y.Data[0] != 0 || y.Data[1] != 0 {
		t.Errorf("untrained output is %v, want zero", y.Data)
	}
	residual, err := NewResidual(50, 400, 300, 400, 2)
	if err != nil {
		t.Fatal(err)
	}
	residual.Init(kernels.Noise{Seed: 1})
	first, added := residual.Weights[0].Data, residual.Weights[2].Data
	if !slices.Equal(first, n.Weights[0].Data) || slices.Max(added) != 0 {
		t.Error("a residual network begins otherwise than with He's weights and blocks that add nothing")
	}
	if slices.Max(residual.Weights[1].Data) == 0 {
		t.Error("a block's first layer is zero, so that it cannot learn")
	}
}

// TestBatchIndependence: a row's output does not depend on the rows beside it.
func TestBatchIndependence(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, n := range []*Network{
		randomNetwork(t, r, 6, 40, 33, 5), randomResidual(t, r, 6, 40, 33, 40, 20, 40, 5),
	} {
		x := randomMatrix(r, 31, 6)
		whole := slices.Clone(n.Forward(n.NewTape(31), x).Data)
		tape, evaluator := n.NewTape(31), n.NewEvaluator(31)
		if got := evaluator.Forward(x).Data; !slices.Equal(got, whole) {
			t.Error("the evaluator returns other bits than the network")
		}
		for i := range x.Rows {
			want := whole[5*i : 5*i+5]
			if got := evaluator.Forward(x.Slice(i, i+1)).Data; !slices.Equal(got, want) {
				t.Fatalf("row %d alone gives %v in the evaluator, in its batch %v", i, got, want)
			}
			if got := n.Forward(tape, x.Slice(i, i+1)).Data; !slices.Equal(got, want) {
				t.Fatalf("row %d alone gives %v, in its batch %v", i, got, want)
			}
		}
	}
}

// TestEvaluatorCopies: an evaluator goes on with the parameters that it was made with.
func TestEvaluatorCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	n := randomNetwork(t, r, 3, 20, 2)
	x := randomMatrix(r, 5, 3)
	e := n.NewEvaluator(5)
	want := slices.Clone(e.Forward(x).Data)
	for i := range n.Block {
		n.Block[i]++
	}
	n.Changed()
	if got := e.Forward(x).Data; !slices.Equal(got, want) {
		t.Errorf("after a change of the network, an evaluator's output is %v, want %v as before", got, want)
	}
}

// TestStep: every implementation and number of cores trains to the same bits, and a step allocates nothing.
func TestStep(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, n := range []*Network{
		randomNetwork(t, r, 10, 70, 70, 3), randomResidual(t, r, 10, 70, 60, 70, 3),
	} {
		testStep(t, r, n)
	}
}

func testStep(t *testing.T, r *rand.Rand, n *Network) {
	start := slices.Clone(n.Block)
	x, target := randomMatrix(r, 130, 10), randomMatrix(r, 130, 3)
	dy := kernels.NewMatrix(130, 3)
	tape, grads := n.NewTape(130), n.Like()
	defer func(cores int, backend string) {
		runtime.GOMAXPROCS(cores)
		if err := implementation.Use(backend); err != nil {
			t.Error(err)
		}
	}(runtime.GOMAXPROCS(0), kernels.Backend())
	defer implementation.Processors(implementation.Processors(kernels.Slots))
	var first []float32
	for _, backend := range implementation.All() {
		if err := implementation.Use(backend); err != nil {
			t.Fatal(err)
		}
		for _, cores := range []int{1, 2, 3} {
			runtime.GOMAXPROCS(cores)
			copy(n.Block, start)
			adam, ema := NewAdam(len(n.Block), 1e-3), NewEMA(n.Block, 0.9)
			step := func() {
				y := n.Forward(tape, x)
				for i := range dy.Data {
					dy.Data[i] = y.Data[i] - target.Data[i]
				}
				n.Backward(tape, dy, grads)
				adam.Step(n.Block, grads.Block, ema)
			}
			for range 5 {
				step()
			}
			got := append(slices.Clone(n.Block), ema.Average...)
			if first == nil {
				first = got
			}
			if !slices.Equal(got, first) {
				t.Errorf("%s on %d cores trains to other bits", backend, cores)
			}
			if allocs := testing.AllocsPerRun(10, step); allocs != 0 {
				t.Errorf("%s on %d cores: a step allocates %v times", backend, cores, allocs)
			}
		}
	}
}

// TestEMA follows the stated warm-up.
func TestEMA(t *testing.T) {
	e := NewEMA([]float32{1}, 0.9)
	want := 1.0
	for i := range 200 {
		x := float32(i % 3)
		decay := min(0.9, (1+float64(i))/(10+float64(i)))
		want = decay*want + (1-decay)*float64(x)
		e.Update([]float32{x})
		if math.Abs(float64(e.Average[0])-want) > 1e-5 {
			t.Fatalf("average after %d updates is %v, want %v", i+1, e.Average[0], want)
		}
	}
}

func TestTensors(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	residual := randomResidual(t, r, 4, 6, 3, 6, 5, 6, 2)
	same, err := FromTensors(&safetensors.File{Tensors: residual.Tensors("net.")}, "net.")
	if err != nil {
		t.Fatal(err)
	}
	if !same.Residual || !slices.Equal(same.Sizes, residual.Sizes) ||
		!slices.Equal(same.Block, residual.Block) {
		t.Error("a residual network changes on its way through tensors")
	}
	n := randomNetwork(t, r, 4, 6, 3, 2)
	f := &safetensors.File{Tensors: n.Tensors("net.")}
	back, err := FromTensors(f, "net.")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(back.Sizes, n.Sizes) || !slices.Equal(back.Block, n.Block) {
		t.Error("parameters change on their way through tensors")
	}
	w := f.Tensors[0]
	if w.Name != "net.0.weight" || !slices.Equal(w.Shape, []int{6, 4}) || w.Data[1] != n.Block[6] {
		t.Errorf("first tensor is %s %v", w.Name, w.Shape)
	}
	for _, c := range []struct {
		want  string
		spoil func(f *safetensors.File)
	}{
		{`"net.0.weight"`, func(f *safetensors.File) { f.Tensors = nil }},
		{`"net.2.bias"`, func(f *safetensors.File) { f.Tensors = slices.Delete(f.Tensors, 3, 4) }},
		{"has shape [6 4 1]", func(f *safetensors.File) { f.Tensors[0].Shape = []int{6, 4, 1} }},
		{"layer before it has 6 outputs", func(f *safetensors.File) { f.Tensors[2].Shape = []int{2, 9} }},
		{"want [6]", func(f *safetensors.File) { f.Tensors[1].Shape = []int{3, 2} }},
		{"shape [6 1], want [6]", func(f *safetensors.File) { f.Tensors[1].Shape = []int{6, 1} }},
		{"shape [5], want [6]", func(f *safetensors.File) { f.Tensors[1].Shape = []int{5} }},
		{"size 0", func(f *safetensors.File) {
			f.Tensors = []safetensors.Tensor{{Name: "net.0.weight", Shape: []int{0, 4}}}
		}},
	} {
		f := &safetensors.File{Tensors: n.Tensors("net.")}
		c.spoil(f)
		if _, err := FromTensors(f, "net."); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %s", err, c.want)
		}
	}
}

func TestPassPanics(t *testing.T) {
	n := randomNetwork(t, rand.New(rand.NewPCG(5, 5)), 2, 3, 1)
	tape := n.NewTape(4)
	for _, c := range []struct {
		want string
		call func()
	}{
		{"Forward: input is 5x2, want at most 4 rows of 2", func() {
			n.Forward(tape, kernels.NewMatrix(5, 2))
		}},
		{"Forward: input is 4x3, want at most 4 rows of 2", func() {
			n.Forward(tape, kernels.NewMatrix(4, 3))
		}},
		{"Backward: dy is 3x1, want 4x1", func() {
			n.Forward(tape, kernels.NewMatrix(4, 2))
			n.Backward(tape, kernels.NewMatrix(3, 1), n.Like())
		}},
		{"Evaluator.Forward: input is 5x2, want at most 4 rows of 2", func() {
			n.NewEvaluator(4).Forward(kernels.NewMatrix(5, 2))
		}},
		{"InputGradient: dy is 2x1 and dx 2x3, want 2x1 and 2x2", func() {
			tape := n.NewTape(2)
			n.Forward(tape, kernels.NewMatrix(2, n.Sizes[0]))
			n.InputGradient(tape, kernels.NewMatrix(2, 1), kernels.NewMatrix(2, 3))
		}},
		{"NewEvaluator: batch of 0 rows", func() { n.NewEvaluator(0) }},
		{"NewTape: batch of 0 rows", func() { n.NewTape(0) }},
		{"Adam.Step: 3 parameters, made for 2", func() {
			NewAdam(2, 1).Step(make([]float32, 3), make([]float32, 3), nil)
		}},
	} {
		func() {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, c.want) {
					t.Errorf("panic %q, want one with %q", got, c.want)
				}
			}()
			c.call()
		}()
	}
}

// TestAdam compares decoupled weight decay, clipping and the moving average with plain float64 loops.
func TestAdam(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const size, rate, decay, clip = 1000, 0.01, 0.1, 2.0
	params := randomMatrix(r, 1, size).Data
	want, m, v, average := widen(params), make([]float64, size), make([]float64, size), widen(params)
	adam, ema := NewAdam(size, rate), NewEMA(params, 0.99)
	adam.WeightDecay, adam.ClipNorm = decay, clip
	for step := 1; step <= 20; step++ {
		grads := randomMatrix(r, 1, size).Data
		factor := 1.0
		if step%2 == 0 { // a norm below the limit
			for i := range grads {
				grads[i] /= 100
			}
		} else {
			norm := 0.0
			for _, g := range grads {
				norm += float64(g) * float64(g)
			}
			factor = clip / math.Sqrt(norm)
		}
		adam.Step(params, grads, ema)
		warm := min(0.99, float64(step)/float64(9+step))
		for i, g := range grads {
			g := factor * float64(g)
			m[i] = 0.9*m[i] + 0.1*g
			v[i] = 0.999*v[i] + 0.001*g*g
			want[i] *= 1 - rate*decay
			want[i] -= rate * m[i] / (1 - math.Pow(0.9, float64(step))) /
				(math.Sqrt(v[i]/(1-math.Pow(0.999, float64(step)))) + 1e-8)
			average[i] = warm*average[i] + (1-warm)*want[i]
		}
	}
	for i := range want {
		off := math.Abs(float64(params[i]) - want[i])
		if off > 2e-5 || math.Abs(float64(ema.Average[i])-average[i]) > 2e-5 {
			t.Fatalf("parameter %d is %v and its average %v, want %v and %v",
				i, params[i], ema.Average[i], want[i], average[i])
		}
	}
}
