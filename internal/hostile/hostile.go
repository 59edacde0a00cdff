// Package hostile has the bounds that readers keep on input from anywhere, for their fuzz targets and tests.
//
// A reader does not panic. It ends within Time. In all it allocates at most Least bytes and some for each
// byte of its input: Arrays for files of numbers, Images for folders of .png files, Tables for texts of rows
// and columns, and Texts for JSON. What is compressed counts as what it expands to, of which package dataset
// takes no more than 16 MiB or 200 times the file's size, whichever is more.
//
// The bounds are of all that is allocated on the way, and not of what is in use at a time, which is less.
package hostile

import (
	"runtime"
	"testing"
	"time"
)

// The bounds, in bytes and in bytes for each byte of the input.
const (
	Least  = 4 << 20
	Arrays = 160
	Images = 32 // of what the files of a folder may expand to, whatever they do expand to
	Tables = 640
	Texts  = 256
)

// Time is how long a reader may take at most for the inputs that tests have, of some megabytes. It is long,
// as tests run beside each other.
const Time = 30 * time.Second

// Read calls a reader on an input of size bytes. It fails the test unless the reader keeps the bounds.
func Read(t testing.TB, size, factor int, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	read()
	took := time.Since(begun)
	runtime.ReadMemStats(&after)
	limit := slow * (Least + uint64(factor)*uint64(size))
	if n := after.TotalAlloc - before.TotalAlloc; n > limit {
		t.Errorf("%d bytes of input allocate %d, want at most %d", size, n, limit)
	}
	if took > slow*Time {
		t.Errorf("%d bytes of input take %v", size, took)
	}
}
