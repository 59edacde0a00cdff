package mlp

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

// TestTorch trains ten steps beside PyTorch: output, gradients, losses and trained parameters must agree.
func TestTorch(t *testing.T) { testTorch(t, "testdata/torch_golden.json", New) }

// TestTorchResidual does so with blocks, weight decay and clipped gradients.
func TestTorchResidual(t *testing.T) {
	testTorch(t, "testdata/torch_residual_golden.json", NewResidual)
}

func testTorch(t *testing.T, file string, build func(sizes ...int) (*Network, error)) {
	var golden struct {
		Sizes                  []int
		Clip, Decay            float64
		X, Target, Y           []float32
		Params, Grads, Trained map[string][]float32
		Losses                 []float64
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	// PyTorch's state goes in and is compared through the model file's names and layout.
	n, err := build(golden.Sizes...)
	if err != nil {
		t.Fatal(err)
	}
	start := &safetensors.File{Tensors: n.Tensors("")}
	for _, tensor := range start.Tensors {
		copy(tensor.Data, golden.Params[tensor.Name])
	}
	if n, err = FromTensors(start, ""); err != nil {
		t.Fatal(err)
	}
	compare := func(what string, got *Network, want map[string][]float32) {
		t.Helper()
		for _, tensor := range got.Tensors("") {
			near(t, what+" "+tensor.Name, tensor.Data, want[tensor.Name])
		}
	}
	batch := len(golden.X) / golden.Sizes[0]
	x := kernels.Matrix{Rows: batch, Cols: golden.Sizes[0], Stride: golden.Sizes[0], Data: golden.X}
	tape, grads := n.NewTape(batch), n.Like()
	adam := NewAdam(len(n.Block), 0.01)
	adam.ClipNorm, adam.WeightDecay = golden.Clip, golden.Decay
	for step, want := range golden.Losses {
		y := n.Forward(tape, x)
		if step == 0 {
			near(t, "output", y.Data, golden.Y)
		}
		if got := loss(widen(y.Data), widen(golden.Target)) / float64(batch); math.Abs(got-want) > 1e-5*want {
			t.Errorf("loss of step %d is %v, PyTorch has %v", step, got, want)
		}
		dy := kernels.NewMatrix(batch, y.Cols)
		for i := range dy.Data {
			dy.Data[i] = (y.Data[i] - golden.Target[i]) / float32(batch)
		}
		n.Backward(tape, dy, grads)
		if step == 0 {
			compare("gradient of", grads, golden.Grads)
		}
		adam.Step(n.Block, grads.Block, nil)
	}
	compare("trained", n, golden.Trained)
}

// near allows float32's rounding over a few layers and steps.
func near(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if d := math.Abs(float64(got[i] - want[i])); !(d <= 2e-5*(1+math.Abs(float64(want[i])))) {
			t.Errorf("%s[%d] is %v, want %v", what, i, got[i], want[i])
		}
	}
}
