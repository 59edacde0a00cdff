package smld

import (
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// trainClasses returns a model of a toy set's parts after some steps of training.
func trainClasses(t *testing.T, name string, steps int) *Model {
	t.Helper()
	set := must[*dataset.Set](t)(dataset.Load(name, 1, dataset.Options{}))
	data := must[*Data](t)(NewData(set, DataConfig{Seed: 1, Classes: true}))
	plan := Choose(data, 1)
	plan.Train.Steps, plan.Train.WarmUp, plan.Train.Batch = steps, 30, 256
	plan.Train.LearningRate, plan.Train.EMADecay = 0.005, 0.99
	plan.Model.Hidden = []int{64, 64, 64}
	return must[*Model](t)(plan.Fit(t.Context(), data, nil))
}

// spiralArm returns the arm of 2spirals that a point is nearest to.
func spiralArm(x, y float64) int {
	best, arm := math.Inf(1), 0
	for k, sign := range []float64{1, -1} {
		for i := range 600 {
			r := 3 * math.Pi * float64(i) / 600
			dx, dy := x+sign*(r*math.Cos(r)-0.25)/3, y-sign*(r*math.Sin(r)+0.25)/3
			if d := dx*dx + dy*dy; d < best {
				best, arm = d, k
			}
		}
	}
	return arm
}

// TestConditionalSpirals: samples of a class lie on the arm of that class, while those of no class lie on
// both. The samples of all classes are drawn at once.
func TestConditionalSpirals(t *testing.T) {
	long(t)
	m := trainClasses(t, "2spirals", 4000)
	const n = 1000
	sampler := must[Sampler](t)(NewSampler("heun", m.Levels(), Options{"Levels": 30}))
	classes := make([]int, n)
	for i := range classes {
		classes[i] = i % 2
	}
	share := func(score Score) float64 {
		x, _, err := m.DrawFrom(t.Context(), score, sampler, n, Numbers{Seed: 2}, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows, own := m.Rows(x), 0
		for i := range n {
			if row := rows.Row(i); spiralArm(row[0], row[1]) == classes[i] {
				own++
			}
		}
		return float64(own) / n
	}
	for _, guidance := range []float64{1, 2} {
		got := share(must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(classes...), guidance)))
		t.Logf("guidance %v: %.3f of the samples are on their arm", guidance, got)
		if got < 0.97 {
			t.Errorf("guidance %v: %.3f of the samples are on the arm of their class", guidance, got)
		}
	}
	if got := share(m.Score()); math.Abs(got-0.5) > 0.06 {
		t.Errorf("without a class, %.3f of the samples are on one arm in turn", got)
	}
}

// conditionalModel returns a model of points with three classes, whose parameters are drawn at random.
func conditionalModel(t *testing.T, preconditioning Preconditioning) *Model {
	t.Helper()
	x := kernels.NewMatrix(50, 2)
	kernels.Noise{Seed: 3}.Fill(x.Data, 0)
	m := must[*Model](t)(NewModel(x, ModelConfig{
		Hidden: []int{16, 16}, Preconditioning: preconditioning, Conditions: 3, AugmentLabels: 1,
		Sigmas: []float32{10, 3, 1, 0.1},
		Data: Description{
			Name: "three", Shape: []int{2}, Low: -3, High: 3, Classes: []string{"a", "b", "7"},
		},
		Seed: 1,
	}))
	kernels.Noise{Seed: 4}.Fill(m.Net.Block, 0)
	for i := range m.Net.Block {
		m.Net.Block[i] *= 0.3
	}
	return m
}

var allPreconditionings = []Preconditioning{EDM, NCSNv2, Bounded, Linear}

// TestGuidance: the guided score and its derivative are the stated sum of those with the condition and
// without, and take as many evaluations of the network as they tell.
func TestGuidance(t *testing.T) {
	x, v := kernels.NewMatrix(300, 2), kernels.NewMatrix(300, 2)
	kernels.Noise{Seed: 5}.Fill(x.Data, 0)
	kernels.Noise{Seed: 6}.Fill(v.Data, 0)
	sigma := make([]float32, x.Rows)
	for i := range sigma {
		sigma[i] = 0.1 + float32(i%7)
	}
	for _, name := range allPreconditionings {
		m := conditionalModel(t, name)
		conditions := m.ClassConditions(1)
		type result struct{ score, at, vjp kernels.Matrix }
		evaluate := func(score Score) result {
			r := result{kernels.NewMatrix(300, 2), kernels.NewMatrix(300, 2), kernels.NewMatrix(300, 2)}
			score.At(r.at, x, 0.7)
			score.(Differentiable).ScoreVJP(r.score, r.vjp, x, v, sigma)
			rows := kernels.NewMatrix(300, 2)
			score.(RowScore).AtRows(rows, x, sigma)
			if !equal(rows, r.score) {
				t.Errorf("%s: AtRows and ScoreVJP have different scores", name)
			}
			return r
		}
		free, zero := evaluate(m.Score()), must[*ConditionalScore](t)(m.Conditional(conditions, 0))
		got := evaluate(zero)
		if !equal(got.at, free.at) || !equal(got.vjp, free.vjp) || zero.Evaluations() != 1 {
			t.Errorf("%s: guidance 0 is not the score without a condition", name)
		}
		one := must[*ConditionalScore](t)(m.Conditional(conditions, 1))
		given := evaluate(one)
		if equal(given.at, free.at) || one.Evaluations() != 1 || one.free != nil {
			t.Errorf("%s: guidance 1 is not the score with a condition, from one evaluation", name)
		}
		guided := must[*ConditionalScore](t)(m.Conditional(conditions, 2.5))
		got = evaluate(guided)
		if guided.Evaluations() != 2 {
			t.Errorf("%s: guidance 2.5 takes %d evaluations", name, guided.Evaluations())
		}
		for _, part := range []struct{ got, free, given kernels.Matrix }{
			{got.at, free.at, given.at}, {got.score, free.score, given.score}, {got.vjp, free.vjp, given.vjp},
		} {
			for i, g := range part.got.Data {
				a, b := float64(part.free.Data[i]), float64(part.given.Data[i])
				if want := a + 2.5*(b-a); math.Abs(float64(g)-want) > 1e-5*(1+math.Abs(a)+math.Abs(b)) {
					t.Fatalf("%s: element %d is %v, want %v", name, i, g, want)
				}
			}
		}
	}
}

// TestConditionRows: a sample of a class is the same whatever else is drawn with it, with every sampler, on
// any number of rows, and when all conditions are alike.
func TestConditionRows(t *testing.T) {
	for _, name := range allPreconditionings {
		m := conditionalModel(t, name)
		const n = 300
		classes := make([]int, n)
		for i := range classes {
			classes[i] = i * i % 3
		}
		for label, sampler := range allSamplers(t) {
			if name != EDM && label != "RK45" && label != "Heun" {
				continue
			}
			draw := func(classes []int, first uint64) kernels.Matrix {
				score := must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(classes...), 1.5))
				x := kernels.NewMatrix(n, 2)
				if len(classes) > 1 {
					x = x.Slice(0, len(classes))
				}
				m.Prior(x, sampler.Start(), Numbers{Seed: 5, First: first})
				n := Numbers{Seed: 5, First: first}
				if _, err := sampler.Sample(t.Context(), score, x, n, nil); err != nil {
					t.Fatal(label, err)
				}
				return x
			}
			whole, parts := draw(classes, 0), kernels.NewMatrix(n, 2)
			copyRows(parts, draw(classes[:77], 0))
			copyRows(parts.Slice(77, n), draw(classes[77:], 77))
			if !equal(whole, parts) {
				t.Errorf("%s, %s: samples change when drawn in two parts", name, label)
			}
			one := draw([]int{1}, 0)
			for i, c := range classes {
				if c == 1 != slices.Equal(one.Row(i), whole.Row(i)) {
					t.Errorf("%s, %s: sample %d of class %d is %v, and %v as one of class 1",
						name, label, i, c, whole.Row(i), one.Row(i))
					break
				}
			}
		}
	}
}

// TestConditionalElsewhere: likelihoods and inpainting take conditions for each row too.
func TestConditionalElsewhere(t *testing.T) {
	m := conditionalModel(t, EDM)
	const n = 60
	x, classes := kernels.NewMatrix(n, 2), make([]int, n)
	kernels.Noise{Seed: 5}.Fill(x.Data, 0)
	for i := range classes { // of points near and far, which take more steps
		classes[i] = i * i % 3
		x.Row(i)[0] *= float32(1 + i%7)
	}
	each := must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(classes...), 2))
	one := must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(1), 2))
	l := Likelihood{SigmaMin: 0.1, SigmaMax: 10, Std: 1, RelTol: 1e-3, AbsTol: 1e-3}
	var densities [2][]float64
	filled := [2]kernels.Matrix{kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2)}
	filler := Inpainter{Sigmas: m.Sigmas, Particles: 3, Sweeps: 2, Std: 1}
	for k, score := range []*ConditionalScore{each, one} {
		densities[k] = make([]float64, n)
		if _, err := l.LogDensity(t.Context(), densities[k], score, x, Numbers{}); err != nil {
			t.Fatal(err)
		}
		copyRows(filled[k], x)
		for i := range x.Rows {
			filled[k].Row(i)[1] = float32(math.NaN())
		}
		if _, err := filler.Fill(t.Context(), score, filled[k], Numbers{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range classes {
		if same := densities[0][i] == densities[1][i]; same != (c == 1) {
			t.Errorf("likelihood of row %d, class %d: %v, and %v of class 1",
				i, c, densities[0][i], densities[1][i])
		}
		if same := slices.Equal(filled[0].Row(i), filled[1].Row(i)); same != (c == 1) {
			t.Errorf("row %d of class %d is filled with %v, and of class 1 with %v",
				i, c, filled[0].Row(i), filled[1].Row(i))
		}
	}
	heun := Heun{Sigmas: m.Sigmas}
	_, err := heun.Sample(t.Context(), each, kernels.NewMatrix(5, 2), Numbers{}, nil)
	want := "60 rows with conditions of their own, there are 5 points"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want an error with %q", err, want)
	}
}

func TestConditionalErrors(t *testing.T) {
	m := conditionalModel(t, EDM)
	nan := m.ClassConditions(0, 1)
	nan.Row(1)[2] = float32(math.NaN())
	free, source := ncsnModel(t, 8)
	dropping := TrainConfig{LabelDropout: 0.5}
	for want, err := range map[string]error{
		"some of 3":                           second(m.Conditional(kernels.NewMatrix(1, 2), 1)),
		"number 3 of condition 2":             second(m.Conditional(nan, 0)),
		"want a finite number":                second(m.Conditional(m.ClassConditions(0), math.Inf(1))),
		"takes no conditions":                 second(free.Conditional(kernels.NewMatrix(1, 0), 1)),
		`no class "8"; choose one of a, b, 7`: second(m.Class("8")),
		"the model knows no classes":          second(free.Class("8")),
		"the data have 0":                     second(NewTrainer(m, noClasses{}, DefaultTrainConfig)),
		"for a model that takes no":           second(NewTrainer(free, source, dropping)),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error with %q", err, want)
		}
	}
}

func second[A any](_ A, err error) error { return err }

// noClasses is a source that is Augmented, and not Conditional.
type noClasses struct{ moved }

func (noClasses) Dim() int { return 2 }

// TestConditionalFile: a file keeps conditions and classes, and a score is the same when it is read again.
func TestConditionalFile(t *testing.T) {
	for _, name := range allPreconditionings {
		m := conditionalModel(t, name)
		path := filepath.Join(t.TempDir(), "m.safetensors")
		if err := m.Save(path); err != nil {
			t.Fatal(err)
		}
		again := must[*Model](t)(LoadModel(path))
		if !reflect.DeepEqual(m.Data, again.Data) || again.Conditions != 3 {
			t.Errorf("%s: read again, the model has conditions of %d numbers and %+v",
				name, again.Conditions, again.Data)
		}
		x, a, b := kernels.NewMatrix(5, 2), kernels.NewMatrix(5, 2), kernels.NewMatrix(5, 2)
		kernels.Noise{Seed: 1}.Fill(x.Data, 0)
		must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(2), 3)).At(a, x, 0.5)
		must[*ConditionalScore](t)(again.Conditional(again.ClassConditions(2), 3)).At(b, x, 0.5)
		if !equal(a, b) {
			t.Errorf("%s: read again, the score is another", name)
		}
		if class, err := again.Class("7"); class != 2 || err != nil {
			t.Errorf("%s: class 7 is at %d, %v", name, class, err)
		}
	}
}

// both is a source that is Augmented and Conditional, whose conditions are two numbers.
type both struct{ moved }

func (both) Conditions() int { return 2 }

func (b both) ConditionalBatch(dst, conditions kernels.Matrix, first uint64) {
	if dst.Cols > 0 {
		b.Batch(dst, first)
	}
	for r := range conditions.Rows {
		conditions.Row(r)[0], conditions.Row(r)[1] = float32(first)+float32(r), 0
	}
}

// TestConditionalInput: the network of a source that is both sees what it should, and the share of points
// without their conditions is the dropout.
func TestConditionalInput(t *testing.T) {
	x := kernels.NewMatrix(100, 1)
	moved{}.Batch(x, 0)
	for _, c := range []struct{ dropout, share float64 }{{0, 0.1}, {0.3, 0.3}, {NoLabelDropout, 0}, {1, 1}} {
		m := must[*Model](t)(NewModel(x, ModelConfig{
			Hidden: []int{4}, AugmentLabels: 1, Conditions: 2, Sigmas: []float32{2, 1},
			Data: Description{Shape: []int{1}},
		}))
		const batch, steps = 500, 40
		trainer := must[*Trainer](t)(NewTrainer(m, both{}, TrainConfig{
			Batch: batch, LearningRate: 1e-3, LabelDropout: c.dropout, Seed: 9,
		}))
		dropped := 0
		for step := range steps {
			trainer.Step()
			input := kernels.NewMatrix(batch, m.inputs())
			(*objective)(trainer).Input(input, 0)
			for i := range batch {
				row := input.Row(i)[1+levelFeatures:]
				if want := trainer.labels.Row(i)[0]; row[0] != want {
					t.Fatalf("point %d is told %v, want %v", i, row[0], want)
				}
				switch number := float32((step+1)*batch + i); {
				case row[3] == 1 && row[1] == number && row[2] == 0:
				case row[3] == 0 && row[1] == 0 && row[2] == 0:
					dropped++
				default:
					t.Fatalf("point %v has the condition %v", number, row[1:])
				}
			}
		}
		n := float64(batch * steps)
		if got := float64(dropped) / n; math.Abs(got-c.share) > 4*math.Sqrt(c.share*(1-c.share)/n) {
			t.Errorf("dropout %v: %v of the points have no condition, want %v", c.dropout, got, c.share)
		}
	}
}

// TestConditionalResume: a training with classes goes on from a checkpoint to the same bits, and not as one
// with other classes.
func TestConditionalResume(t *testing.T) {
	set := must[*dataset.Set](t)(dataset.Load("digits", 1, dataset.Options{}))
	trainer := func(steps int) *Trainer {
		data := must[*Data](t)(NewData(set, DataConfig{
			Seed: 1, Classes: true, HoldOut: 0.1, Shift: 1, Told: true,
		}))
		plan := Choose(data, 1)
		plan.Model.Hidden, plan.Train.Steps, plan.Train.WarmUp = []int{16, 16}, 20, 2
		plan.Model.Sigmas = []float32{10, 1, 0.1}
		m := must[*Model](t)(NewModel(data.Points, plan.Model))
		for i, label := range data.HeldOutLabels[:9] {
			if want := set.Labels[10*i+9]; label != want {
				t.Errorf("held-out label %d is %d, want %d", i, label, want)
			}
		}
		tr := must[*Trainer](t)(NewTrainer(m, data.Source, plan.Train))
		for range steps {
			tr.Step()
		}
		return tr
	}
	whole, half, rest := trainer(20), trainer(11), trainer(0)
	path := filepath.Join(t.TempDir(), "c.safetensors")
	if err := half.SaveCheckpoint(path); err != nil {
		t.Fatal(err)
	}
	if err := rest.LoadCheckpoint(path); err != nil {
		t.Fatal(err)
	}
	for range 9 {
		rest.Step()
	}
	if !slices.Equal(whole.Averaged().Net.Block, rest.Averaged().Net.Block) {
		t.Error("a training that was resumed has other bits")
	}
	set.Classes = slices.Clone(set.Classes)
	set.Classes[3] = "three"
	if err := trainer(0).LoadCheckpoint(path); err == nil {
		t.Error("a training goes on with other classes")
	}
}
