package dataset

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// fuzzRead reads arbitrary bytes as a file of the given name. Whatever they are, it must neither panic nor allocate
// out of proportion, and a set that it returns must be sound.
func fuzzRead(f *testing.F, name, pattern string) {
	for _, c := range badFiles() {
		if filepath.Ext(c.name) == filepath.Ext(name) {
			f.Add(c.data)
		}
	}
	paths, err := filepath.Glob(pattern)
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s, err := readBytes(name, data)
		runtime.ReadMemStats(&after)
		// Gzip may expand its input to 16 MiB, which a growing buffer and a matrix of bytes multiply by at most 16.
		limit := uint64(1<<22 + 256*len(data))
		if len(data) > 1 && data[0] == gzipMagic[0] && data[1] == gzipMagic[1] {
			limit += 16 * inflatedAlways
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > limit {
			t.Errorf("%d bytes of input allocate %d", len(data), n)
		}
		if err != nil {
			return
		}
		if s.X.Rows < 1 || s.X.Cols < 1 || len(s.X.Data) != s.X.Rows*s.X.Cols || !fits(s.Shape, s.X.Cols) {
			t.Errorf("%dx%d, %d values, shape %v", s.X.Rows, s.X.Cols, len(s.X.Data), s.Shape)
		}
		for i, v := range s.X.Data {
			if math.IsNaN(float64(v)) || v < s.Low || v > s.High {
				t.Fatalf("value %d is %v, outside %v to %v", i, v, s.Low, s.High)
			}
		}
	})
}

func FuzzIDX(f *testing.F) {
	f.Add(idxFile(0x08, []uint32{2, 1, 2}, 0, 1, 128, 255))
	fuzzRead(f, "a.idx", "digits/*.gz")
}

func FuzzNPY(f *testing.F) { fuzzRead(f, "a.npy", "testdata/*.npy") }

func FuzzCSV(f *testing.F) { fuzzRead(f, "a.csv", "testdata/*.csv") }
