package live

import (
	"flag"
	"testing"
	"time"
)

var speedTime = flag.Duration("speed", 0, "time that TestSpeed trains each way, in each of its rounds")

// TestSpeed: a training that is watched, with a field and 2,000 particles, makes at least 0.9 times as many steps
// a second as one that is not.
func TestSpeed(t *testing.T) {
	if *speedTime == 0 {
		t.Skip("without -speed")
	}
	const rounds = 4
	var plain, watched float64
	for range rounds {
		_, w := newSession("one", Config{})
		w.carryOut(request{Request: Request{Do: "data", Name: "8gaussians"}})
		training, _, err := w.newTraining(Settings{})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		for time.Since(begun) < *speedTime {
			training.trainer.CheckLoss(training.trainer.Step())
		}
		plain += float64(training.trainer.Done()) / time.Since(begun).Seconds() / rounds

		s := New("one", Config{})
		p := open(t, s)
		p.ask(Request{Do: "data", Name: "8gaussians"})
		p.ask(Request{Do: "watch", Watch: &Watch{A: &Drawing{Sampler: "dpm2m-sde", N: 2000, Seed: 1}, Field: true}})
		p.ask(Request{Do: "train"})
		await[Training](p, 0, anyOf)
		begun = time.Now()
		time.Sleep(*speedTime)
		s.Close()
		state := last[State](p)
		watched += float64(state.Step) / time.Since(begun).Seconds() / rounds
		t.Logf("plain %.0f steps a second, watched %.0f, so far; %.3f of the time on steps, %d drawings, %d times held-out losses",
			plain, watched, state.Seconds/time.Since(begun).Seconds(), p.kinds("drawn"), p.kinds("heldout"))
	}
	if ratio := watched / plain; ratio < 0.9 {
		t.Errorf("%.2f times as fast", ratio)
	} else {
		t.Logf("%.2f times as fast", ratio)
	}
}
