package kernels

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// processorTime returns what the process has used.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestWaitingSleeps: a caller that waits for a long range takes no processor time, nor do workers without
// work.
func TestWaitingSleeps(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	const long = 200 * time.Millisecond
	for _, sleeps := range []int{0, 1} {
		share = sharing{}
		before := processorTime(t)
		Parallel(2, 1, func(_, from, _ int) {
			if from == sleeps {
				time.Sleep(long)
			}
		})
		if used := processorTime(t) - before; used > long/4 {
			t.Errorf("%v of processor time in %v of sleep of range %d", used, long, sleeps)
		}
	}
	share = sharing{}
}

// TestWorkersGoBackToSleep: after many runs, however short, workers look for work no longer than after one.
func TestWorkersGoBackToSleep(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	share = sharing{}
	time.Sleep(20 * time.Millisecond) // so that they sleep
	for range 3000 {
		Parallel(2, 1, func(_, _, _ int) {})
	}
	before := processorTime(t)
	time.Sleep(100 * time.Millisecond)
	if used := processorTime(t) - before; used > 25*time.Millisecond {
		t.Errorf("%v of processor time in a tenth of a second after the last run", used)
	}
}

// TestWorkersTooMany: workers of an earlier run on more cores sleep through a long run on fewer, though they
// are awake when it begins.
func TestWorkersTooMany(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(16))
	defer func(n int) { processors = n }(processors)
	share = sharing{}
	for range 20 {
		Parallel(1000, 1, func(_, _, _ int) {})
	}
	processors = 2
	before := processorTime(t)
	Parallel(40, 1, func(_, _, _ int) { time.Sleep(10 * time.Millisecond) })
	if used := processorTime(t) - before; used > 60*time.Millisecond {
		t.Errorf("%v of processor time in a run of two tenths of a second that sleeps", used)
	}
}
