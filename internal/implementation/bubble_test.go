package implementation_test

import (
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

// TestBubble: kernels may be called in a bubble of testing/synctest, which ends though the workers that it
// had started live on, and whose clock is its own. It stands here, where no other test starts workers.
func TestBubble(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	defer implementation.Processors(implementation.Processors(3))
	x := make([]float32, 1_000_000)
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			panic("the bubble has not ended")
		}
	}()
	synctest.Test(t, func(*testing.T) {
		kernels.Axpby(x, 1, x, 0, x)
		time.Sleep(time.Hour) // of the bubble's clock
		kernels.Axpby(x, 1, x, 0, x)
	})
	close(ended)
}
