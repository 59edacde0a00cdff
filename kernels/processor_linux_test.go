package kernels

import (
	"os"
	"os/exec"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// TestOneProcessor runs the tests of many callers in a process of its own, which has GOMAXPROCS of 100 and
// one processor: workers that wait for each other would hold it for long.
func TestOneProcessor(t *testing.T) {
	if race || testing.Short() {
		t.Skip("takes seconds")
	}
	runtime.LockOSThread() // whose affinity a child begins with
	defer runtime.UnlockOSThread()
	var before, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		t.Skip(err)
	}
	for cpu := range 1024 {
		if before.IsSet(cpu) {
			one.Set(cpu)
			break
		}
	}
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		t.Skip(err)
	}
	defer unix.SchedSetaffinity(0, &before)
	tests := "^(TestTogether|TestParallel|TestParallelFails|TestNothingLeft)$"
	c := exec.Command(os.Args[0], "-test.run", tests, "-test.short", "-test.timeout", "2m")
	c.Env = append(os.Environ(), "GOMAXPROCS=100")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
