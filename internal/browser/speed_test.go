package browser

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"
)

var rounds = flag.Int("speed", 0, "compare the time of a training on the page with that of langevin train, so many times")

// TestSpeed compares the time of a training that a page watches, particles moving all the while, with that of the
// command, one after the other and again. It is for a machine with nothing else to do.
func TestSpeed(t *testing.T) {
	if *rounds == 0 {
		t.Skip("-speed compares times")
	}
	const steps = 20_000
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	var ratios []float64
	for range *rounds {
		begun := time.Now()
		run(t, t.TempDir(), "train", "--data", "8gaussians", "--dir", "run", "--steps", fmt.Sprint(steps), "--quiet")
		command := time.Since(begun)
		p.set("#steps", fmt.Sprint(steps))
		begun = time.Now()
		p.click("#start")
		p.wait(10*time.Second, trains)
		frames := []float64{}
		for !value[bool](p, isDone) {
			time.Sleep(200 * time.Millisecond)
			frames = append(frames, value[float64](p, `langevin.fps`))
		}
		page := time.Since(begun)
		slices.Sort(frames)
		ratios = append(ratios, command.Seconds()/page.Seconds())
		t.Logf("command %.2f s, page %.2f s: %.3f times as fast, with %.0f frames a second in the median",
			command.Seconds(), page.Seconds(), ratios[len(ratios)-1], frames[len(frames)/2])
		p.click("#reset")
		p.wait(10*time.Second, `document.documentElement.dataset.phase == "idle"`)
	}
	slices.Sort(ratios)
	if median := ratios[len(ratios)/2]; median < 0.9 {
		t.Errorf("a training on the page is %.3f times as fast as the command's, want 0.9", median)
	}
}
