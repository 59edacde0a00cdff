package smld

import (
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

func TestTrainErrors(t *testing.T) {
	good := DefaultTrainConfig
	for _, c := range []struct {
		want  string
		steps int
		spoil func(c *TrainConfig)
	}{
		{"batch of 0 points", 1, func(c *TrainConfig) { c.Batch = 0 }},
		{"learning rate 0", 1, func(c *TrainConfig) { c.LearningRate = 0 }},
		{"learning rate NaN", 1, func(c *TrainConfig) { c.LearningRate = math.NaN() }},
		{"warm-up of -1", 1, func(c *TrainConfig) { c.WarmUp = -1 }},
		{"weight decay -1", 1, func(c *TrainConfig) { c.WeightDecay = -1 }},
		{"clipped at NaN", 1, func(c *TrainConfig) { c.ClipNorm = math.NaN() }},
		{`no schedule "linear"`, 1, func(c *TrainConfig) { c.Schedule = "linear" }},
		{`no weighting "none"`, 1, func(c *TrainConfig) { c.Weighting = "none" }},
		{`noise levels "all"`, 1, func(c *TrainConfig) { c.Noise = "all" }},
		{"log-normal noise levels", 1, func(c *TrainConfig) { c.Noise = LogNormal }},
		{"cosine schedule over 0 steps", 1, func(c *TrainConfig) { c.Schedule = Cosine }},
		{"EMA decay 1", 1, func(c *TrainConfig) { c.EMADecay = 1 }},
		{"0 training steps", 0, func(*TrainConfig) {}},
		{"diverged at step", 50, func(c *TrainConfig) { c.LearningRate = 1e30 }},
	} {
		m, source := ncsnModel(t, 8)
		config := good
		c.spoil(&config)
		if _, err := Train(t.Context(), m, source, config, c.steps, nil); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	config := ModelConfig{Hidden: []int{4}, Sigmas: []float32{1}}
	if _, err := NewModel(kernels.NewMatrix(5, 2), config); err == nil ||
		!strings.Contains(err.Error(), "points that differ") {
		t.Errorf("constant data: %v", err)
	}
	x := kernels.NewMatrix(2, 2)
	x.Data[0] = 1
	wrong := config
	wrong.Preconditioning = "vp"
	if _, err := NewModel(x, wrong); err == nil ||
		!strings.Contains(err.Error(), `no preconditioning "vp"`) {
		t.Errorf("unknown preconditioning: %v", err)
	}
	wrong = config
	wrong.Hidden, wrong.Residual = []int{4, 4}, true
	if _, err := NewModel(x, wrong); err == nil ||
		!strings.Contains(err.Error(), "odd number") {
		t.Errorf("half a block: %v", err)
	}
	if _, err := NewModel(kernels.NewMatrix(1, 2), config); err == nil ||
		!strings.Contains(err.Error(), "too few") {
		t.Errorf("one point: %v", err)
	}
}
