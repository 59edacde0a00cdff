package compare

import (
	"math"
	"time"
)

// The rule for a burst: a first turn by itself, which warms caches and workers; then twice as many turns as
// before until they take a quarter of a repeat, which sets how many make up a repeat. The fastest repeat
// counts.
const (
	repeats = 15
	length  = 2e-3 // seconds of a repeat, or one turn where that takes longer
	longest = 0.05 // seconds after which a burst of long turns ends
)

// timer is a task with its best time so far.
type timer struct {
	task
	times int // turns of a repeat
	best  float64
}

// burst measures some 30 milliseconds, or one turn where that takes longer.
func (t *timer) burst() {
	if t.use != nil {
		t.use()
	}
	begin := time.Now()
	if t.times == 0 {
		t.best = math.Inf(1)
		t.calibrate()
	} else if t.best*float64(t.times) < length {
		t.run(1)
	}
	for range repeats {
		t.best = min(t.best, t.seconds(t.times)/float64(t.times))
		if time.Since(begin).Seconds() > longest {
			return
		}
	}
}

func (t *timer) calibrate() {
	t.times = 1
	first := t.seconds(1)
	if first > length {
		t.best = first
		return
	}
	seconds := t.seconds(t.times)
	for seconds < length/4 {
		t.times *= 2
		seconds = t.seconds(t.times)
	}
	t.times = max(1, int(length/seconds*float64(t.times)))
}

// seconds returns what so many turns take.
func (t *timer) seconds(times int) float64 {
	start := time.Now()
	t.run(times)
	return time.Since(start).Seconds()
}
