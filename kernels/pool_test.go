package kernels

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Tests take more cores than the machine may have.
func init() { processors = maxSlots }

// sleepyTask is a task whose chunks take so long that every worker there is has a look.
type sleepyTask struct{ highest, done atomic.Int64 }

func (s *sleepyTask) chunk(_, slot int) {
	for {
		highest := s.highest.Load()
		if int64(slot) <= highest || s.highest.CompareAndSwap(highest, int64(slot)) {
			break
		}
	}
	time.Sleep(time.Millisecond)
	s.done.Add(1)
}

// TestFewerCores: workers that were started for more cores stay out of a run for fewer, because a task makes
// ready as many slots as there are cores.
func TestFewerCores(t *testing.T) {
	var f fork
	for _, cores := range []int{8, 2, 3, 8, 2} {
		task := &sleepyTask{}
		const chunks = 50
		f.run(task, chunks, cores)
		if task.done.Load() != chunks || task.highest.Load() >= int64(cores) {
			t.Errorf("%d cores: %d chunks of %d, slots up to %d",
				cores, task.done.Load(), chunks, task.highest.Load())
		}
	}
}

// within runs f on a goroutine of its own. It returns what f panics with, and whether f returns or panics at
// all.
func within(f func()) (value any, returned bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if !returned {
				value = recover()
			}
		}()
		f()
		returned = true
	}()
	<-done
	return value, returned
}

// TestJoin: a worker that comes to a fork between two runs is not counted, not even in passing. The last of
// the counted workers wakes a caller that sleeps.
func TestJoin(t *testing.T) {
	var f fork
	f.run(&sleepyTask{}, 4, 2)
	if f.join() || f.inside.Load() != closed {
		t.Fatalf("a fork between two runs is joined, with %d inside", f.inside.Load())
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.run(&joinedTask{f: &f}, 4, 2)
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("the caller still sleeps")
	}
}

// joinedTask has another worker join its fork, which leaves when the caller sleeps.
type joinedTask struct {
	f    *fork
	once sync.Once
}

func (j *joinedTask) chunk(int, int) {
	j.once.Do(func() {
		j.f.join()
		go func() {
			for !j.f.sleeps.Load() {
				time.Sleep(time.Millisecond)
			}
			j.f.leave()
		}()
	})
}

// TestParallelFails: a panic, or the end of a goroutine, in a function given to Parallel reaches the caller,
// on whichever goroutine it happens. No range begins afterwards, and the pool works on as before.
func TestParallelFails(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	share = sharing{}
	fails := map[string]struct {
		fail func()
		want any
	}{
		"panic":  {func() { panic("broken") }, "broken"},
		"goexit": {runtime.Goexit, nil},
	}
	for name, c := range fails {
		for _, where := range []string{"caller", "worker"} {
			t.Run(name+" of "+where, func(t *testing.T) {
				share = sharing{}
				var calls atomic.Int64
				value, returned := within(func() {
					Parallel(1000, 1, func(slot, _, _ int) {
						calls.Add(1)
						if (slot == 0) == (where == "caller") {
							c.fail()
						}
						time.Sleep(time.Millisecond)
					})
				})
				if returned || value != c.want {
					t.Errorf("returned %v, panic with %v, want %v", returned, value, c.want)
				}
				after := calls.Load()
				time.Sleep(5 * time.Millisecond)
				if after > 500 || calls.Load() != after {
					t.Errorf("%d calls, %d afterwards", after, calls.Load()-after)
				}
				checkPoolWhole(t)
			})
		}
	}
}

// checkPoolWhole checks that several goroutines take part in the next call.
func checkPoolWhole(t *testing.T) {
	t.Helper()
	if offer.Load() != nil {
		t.Error("a fork is still on offer")
	}
	share = sharing{}
	var slots [Slots]atomic.Bool
	var calls atomic.Int64
	Parallel(200, 1, func(slot, _, _ int) {
		slots[slot].Store(true)
		calls.Add(1)
		time.Sleep(200 * time.Microsecond)
	})
	if calls.Load() != 200 {
		t.Errorf("%d calls of 200", calls.Load())
	}
	for slot := range runtime.GOMAXPROCS(0) {
		if !slots[slot].Load() {
			t.Errorf("no goroutine has slot %d", slot)
		}
	}
}

// TestNestedFailure: a panic passes through calls of Parallel within each other.
func TestNestedFailure(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	share = sharing{}
	value, _ := within(func() {
		Parallel(3, 1, func(_, from, _ int) {
			Parallel(2, 1, func(_, _, _ int) { panic(fmt.Sprint("inner of ", from)) })
		})
	})
	if s, ok := value.(string); !ok || len(s) != len("inner of 0") {
		t.Errorf("panic with %v", value)
	}
	checkPoolWhole(t)
}

// TestCores: kernels share work among no more cores than the process may use.
func TestCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(100))
	defer func(n int) { processors = n }(processors)
	share = sharing{}
	for _, n := range []int{1, 2, 3} {
		if processors = n; Cores() != n {
			t.Errorf("%d cores, %d processors", Cores(), n)
		}
	}
	if processors = 200; Cores() != min(100, maxSlots) {
		t.Errorf("%d cores with GOMAXPROCS of 100", Cores())
	}
}

// TestSharingGivesWay: where the system takes cores away, fewer cores share work, and after a while more
// again.
func TestSharingGivesWay(t *testing.T) {
	var s sharing
	t0 := now()
	s.giveWay(t0, 8)
	if got := s.cores(8); got != 5 {
		t.Errorf("%d cores of 8, want 5", got)
	}
	if got := s.cores(2); got != 2 {
		t.Errorf("%d cores of 2", got)
	}
	s.until.Store(now() - 1)
	if got := s.cores(8); got != 7 {
		t.Errorf("after the pause %d cores, want 7", got)
	}
	s.until.Store(now() + 5e17)
	if got := s.cores(8); got != 8 {
		t.Errorf("after another one %d cores, want 8", got)
	}
	s.giveWay(now(), 2)
	if got := s.cores(8); got != 1 || s.length.Load() != 2*firstPause {
		t.Errorf("soon after, %d cores for %d ns, want 1 for twice as long", got, s.length.Load())
	}
	for range 9 {
		s.giveWay(now(), 2)
	}
	if s.length.Load() != longPause {
		t.Errorf("a pause of %d ns", s.length.Load())
	}
	s.giveWay(s.until.Load()+longPause+1, 2)
	if s.length.Load() != firstPause {
		t.Errorf("long after, a pause of %d ns", s.length.Load())
	}
}

// TestWatch: work gives way only where cores are known to be lost often, and much of one.
func TestWatch(t *testing.T) {
	defer func(n int) { processors = n }(processors)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(maxSlots))
	const ms = 1_000_000
	for name, c := range map[string]struct {
		cores           int
		lost, ran, time int64
		most            int64
	}{
		"alone":                      {2, 7, 98 * ms, 50 * ms, 0},
		"beside a busy process":      {2, 80, 52 * ms, 50 * ms, 1},
		"beside one that paints":     {2, 65, 66 * ms, 50 * ms, 0},
		"cores that went idle":       {2, 10, 20 * ms, 50 * ms, 0},
		"too soon to tell":           {2, 100, 40 * ms, 49 * ms, 0},
		"rarely in a long time":      {2, 110, 100 * ms, 149 * ms, 0},
		"often in a long time":       {2, 130, 150 * ms, 149 * ms, 1},
		"idle in between":            {2, 500, 100 * ms, 151 * ms, 0},
		"16 cores, rarely":           {16, 100, 600 * ms, 50 * ms, 0},
		"16 cores, all but one left": {16, 140, 750 * ms, 50 * ms, 11},
		"16 cores, all left":         {16, 140, 790 * ms, 50 * ms, 0},
		"a clock that was set back":  {2, 500, 10 * ms, -5e17, 0},
	} {
		var s sharing
		processors = c.cores
		s.checked.Store(1e9)
		u := processUsage()
		s.switches.Store(u.switches - c.lost)
		s.ran.Store(u.ran - c.ran)
		s.watch(1e9 + c.time)
		if most := s.most.Load(); most != c.most {
			t.Errorf("%s: %d cores share work, want %d", name, most, c.most)
		}
		if c.time < 0 && s.checked.Load() > 0 {
			t.Errorf("%s is not looked at again", name)
		}
	}
}
