package live

import (
	"fmt"
	"strings"
	"testing"
)

// TestMemory: sessions that share memory take no more than there is. What does not fit is an error, and fits when
// another session has other data, forgets its training, or has ended.
func TestMemory(t *testing.T) {
	leaves(t)
	const rows, cols = 600, 10
	memory := NewMemory((perValue*rows + perColumn) * cols * 3 / 2) // one file and a half
	var sessions [2]*Session
	var pages [2]*page
	for i := range sessions {
		sessions[i] = New(fmt.Sprint(i), Config{Memory: memory})
		pages[i] = open(t, sessions[i])
	}
	file := []byte(strings.Repeat("1.5,2,3,4,5,6,7,8,9,10.5\n2.5,3,4,5,6,7,8,9,10,11.5\n", rows/2))
	upload := Request{Do: "data", Files: []Upload{{Name: "a.csv", Size: int64(len(file))}}}
	at := [2]int{}
	takes := func(i int, r Request, body ...byte) {
		t.Helper()
		pages[i].ask(r, body...)
		if r.Do == "data" {
			_, _, at[i] = await[Data](pages[i], at[i], anyOf)
			return
		}
		_, _, at[i] = await[Training](pages[i], at[i], anyOf)
	}
	refuses := func(i int, r Request, want string, body ...byte) {
		t.Helper()
		pages[i].ask(r, body...)
		var f Failure
		if f, _, at[i] = await[Failure](pages[i], at[i], anyOf); !strings.Contains(f.Message, want) {
			t.Errorf("%q, want %q", f.Message, want)
		}
	}
	takes(0, upload, file...)
	refuses(1, upload, "at most 3160 values are taken here: take fewer rows; the data of all pages count together", file...)
	takes(0, upload, file...) // in the place of its own
	wide := []byte(strings.Repeat("1.5,", 299) + "3\n" + strings.Repeat("2.5,", 299) + "4\n")
	refuses(1, Request{Do: "data", Files: []Upload{{Name: "wide.csv", Size: int64(len(wide))}}}, "wide.csv would take 1 MB", wide...)
	takes(0, Request{Do: "data", Name: "moons"})
	large := Request{Do: "train", Settings: &Settings{Hidden: []int{300, 300}}}
	refuses(0, large, "this training would take 7 MB, and 0 of the 0 MB of all pages are left")
	sessions[0].Close()
	sessions[0] = New("0", Config{Memory: memory})
	pages[0] = open(t, sessions[0])
	takes(1, upload, file...)
	for _, s := range sessions {
		s.Close()
	}
	if memory.used != 0 {
		t.Errorf("%d bytes are in use by no session", memory.used)
	}
}

// TestMemoryOfTrainings: a training is counted until it is reset or its data are replaced.
func TestMemoryOfTrainings(t *testing.T) {
	memory := NewMemory(64 << 20)
	_, w := newSession("one", Config{Memory: memory})
	w.carryOut(request{Request: Request{Do: "data", Name: "moons"}})
	data := memory.used
	train := Request{Do: "train", Settings: &Settings{Hidden: []int{64, 64}, Batch: 32}}
	for _, end := range []Request{{Do: "reset"}, {Do: "data", Name: "moons"}} {
		w.carryOut(request{Request: train})
		once := memory.used
		w.carryOut(request{Request: train})
		if once <= data || memory.used != once {
			t.Errorf("data take %d bytes, with a training %d, with another in its place %d", data, once, memory.used)
		}
		if w.carryOut(request{Request: end}); memory.used != data {
			t.Errorf("after %s %d bytes are in use, want %d", end.Do, memory.used, data)
		}
	}
}
