package live

import (
	"time"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// training is a training that has begun.
type training struct {
	trainer *smld.Trainer
	data    *smld.Data
	seed    uint64
	total   int
	phase   string
	failure string

	seconds float64 // spent on steps
	recent  setup.Losses
	mean    float64   // of them
	rows    []float32 // losses that were not told yet
	told    time.Time // when the state was
	speed   speed
	held    heldOut
}

// Phases of a training.
const (
	idle     = "idle"
	running  = "training"
	paused   = "paused"
	finished = "done"
	failed   = "failed"
)

// newTraining begins a training, and returns what is told of it. Its memory is counted in the place of that of the
// one before.
func (w *worker) newTraining(s Settings) (*training, Training, error) {
	d, c := w.chosen, &w.config
	s = s.over(c.Defaults.of(d))
	if err := s.check(c.Limits); err != nil {
		return nil, Training{}, err
	}
	seed := uint64(1)
	if s.Seed != nil {
		seed = *s.Seed
	}
	if err := d.prepare(seed, c.Limits); err != nil {
		return nil, Training{}, err
	}
	usual, plan := d.plan(Settings{}), d.plan(s)
	if err := settingsOf(plan, seed).check(c.Limits); err != nil { // of what the data chose
		return nil, Training{}, err
	}
	var err error
	if plan.Model.Sigmas, err = smld.Geometric(plan.SigmaMax, plan.SigmaMin, setup.Levels); err != nil {
		return nil, Training{}, err
	}
	model, err := smld.NewModel(d.data.Points, plan.Model)
	if err != nil {
		return nil, Training{}, err
	}
	needed := bytesFor(model, plan.Train.Batch)
	if err := c.Memory.replace(w.held.training, needed, "this training"); err != nil {
		return nil, Training{}, err
	}
	w.held.training = needed
	trainer, err := smld.NewTrainer(model, d.data.Source, plan.Train)
	if err != nil {
		return nil, Training{}, err
	}
	t := &training{trainer: trainer, data: d.data, seed: seed, total: plan.Train.Steps, phase: running}
	return t, Training{
		Event: "training", Settings: settingsOf(plan, seed), Chosen: setup.Describe(d.data, plan),
		SigmaMax: plan.SigmaMax, SigmaMin: plan.SigmaMin, Parameters: len(model.Net.Block),
		Command: commandOf(d.source, usual, plan, seed),
	}, nil
}

// step makes a step.
func (t *training) step() {
	rate, begun := t.trainer.Rate(), time.Now()
	loss := t.trainer.Step()
	t.seconds += time.Since(begun).Seconds()
	if err := t.trainer.CheckLoss(loss); err != nil {
		t.phase, t.failure = failed, sentence(err)
		return
	}
	t.recent.Add(loss)
	t.mean = t.recent.Mean()
	done := t.trainer.Done()
	t.rows = append(t.rows, float32(float64(done)), float32(loss), float32(t.mean), float32(rate))
	if done == t.total {
		t.phase = finished
	}
}

// state returns how far the training is.
func (t *training) state() State {
	done := t.trainer.Done()
	t.told = time.Now()
	return State{
		Event: "state", Phase: t.phase, Step: done, Total: t.total, Seconds: t.seconds,
		Speed: t.speed.at(done, t.seconds), Loss: t.mean, Rate: t.trainer.Rate(), Message: t.failure,
	}
}

// speed measures steps a second.
type speed struct{ marks []mark }

type mark struct {
	step    int
	seconds float64
}

// at notes a step and the seconds spent until it, and returns the speed of about the last second.
func (s *speed) at(step int, seconds float64) float64 {
	const window = 1 // seconds
	s.marks = append(s.marks, mark{step, seconds})
	for len(s.marks) > 2 && seconds-s.marks[1].seconds >= window {
		s.marks = s.marks[1:]
	}
	first := s.marks[0]
	if seconds <= first.seconds {
		return 0
	}
	return float64(step-first.step) / (seconds - first.seconds)
}
