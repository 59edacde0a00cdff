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
