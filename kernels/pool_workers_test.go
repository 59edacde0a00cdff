package kernels

import (
	"runtime"
	"sync"
	"testing"
	"time"
)

// TestBeds: after runs on all numbers of cores, from several goroutines, every worker is in its bed, and no
// message is left that would wake it.
func TestBeds(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(9))
	defer func() { share = sharing{} }()
	share = sharing{}
	for range 4 {
		var group sync.WaitGroup
		for g := range 8 {
			group.Go(func() {
				var f fork
				for i := range 300 {
					f.run(noTask{}, 1+i%40, 1+(i+g)%9)
					if i%50 == g {
						time.Sleep(300 * time.Microsecond) // so that they go to bed
					}
				}
			})
		}
		group.Wait()
	}
	for from := time.Now(); awakeOrCalled() > 0; time.Sleep(time.Millisecond) {
		if time.Since(from) > 5*time.Second {
			t.Fatalf("%d workers of %d are not in their beds, or have messages; %d are asleep",
				awakeOrCalled(), workers.Load(), asleep.Load())
		}
	}
	if asleep.Load() != workers.Load() {
		t.Errorf("%d workers are asleep of %d that are in bed", asleep.Load(), workers.Load())
	}
}

// awakeOrCalled counts the workers that are not in their beds, and those that have a message.
func awakeOrCalled() (n int) {
	for id := 1; id <= int(workers.Load()); id++ {
		if b := &beds[id]; !b.taken.Load() || len(b.wake) > 0 {
			n++
		}
	}
	return n
}

// noTask does nothing.
type noTask struct{}

func (noTask) chunk(int, int) {}
