package live

import (
	"testing"

	"go.uber.org/goleak"
)

// leaves fails the test if a goroutine remains when it ends that was not there when it began, but for the
// workers of kernels, which wait for more work.
func leaves(t *testing.T) {
	const worker = "github.com/seed964deb49/langevin/kernels.worker"
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		goleak.VerifyNone(t, before, goleak.IgnoreAnyFunction(worker))
	})
}
