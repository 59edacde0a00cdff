package kernels

import (
	"encoding"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"
)

var (
	_ rand.Source                = (*Source)(nil)
	_ encoding.BinaryAppender    = (*Source)(nil)
	_ encoding.BinaryMarshaler   = (*Source)(nil)
	_ encoding.BinaryUnmarshaler = (*Source)(nil)
)

// wordsInto sets the bits of dst to words from a group on, of which the kernel makes whole groups.
func wordsInto(dst []float64, n Noise, group uint64) {
	words := unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(dst))), len(dst))
	whole := len(words) / groupSize64 * groupSize64
	if whole > 0 {
		noiseWordsGroups(words[:whole], n, group)
	}
	var last [groupSize64]uint64
	noiseWordsGroups(last[:], n, group+uint64(whole/groupSize64))
	copy(words[whole:], last[:])
}

// TestSourceWords: a Source returns the words that its documentation names, from any index on.
func TestSourceWords(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 1))
		s := NewSource(noise)
		check := func(at uint64, n int) {
			t.Helper()
			for i := range uint64(n) {
				index := (at + i) % lastDraw
				if got := s.Index(); got != index {
					t.Fatalf("Index() = %d, want %d", got, index)
				}
				if got, want := s.Uint64(), documentedWord(noise, index); got != want {
					t.Fatalf("word %d is %x, want %x", index, got, want)
				}
			}
		}
		check(0, 3*sourceWords+5)
		for range 20 {
			at := r.Uint64() >> 3
			s.Seek(at)
			check(at, r.IntN(2*sourceWords))
		}
		for _, at := range []uint64{0, sourceWords - 1, sourceWords, 1<<33 - 9, lastDraw - 300} {
			s.Seek(at)
			check(at, 600)
		}
		s.Seek(lastDraw + 7)
		check(7, 1)
	})
}

// TestSourceFloat64: the numbers of math/rand/v2 on a Source are those of Uniform64.
func TestSourceFloat64(t *testing.T) {
	const n = 1000
	r := rand.New(NewSource(noise))
	u := make([]float64, n)
	noise.Uniform64(u, 0)
	for i, want := range u {
		if got := r.Float64(); got != want {
			t.Fatalf("Float64 number %d is %v, Uniform64 has %v", i, got, want)
		}
	}
	sum, squares := 0.0, 0.0
	for range 100 * n {
		z := r.NormFloat64()
		sum += z
		squares += z * z
	}
	if math.Abs(sum) > 5*math.Sqrt(100*n) || math.Abs(squares-100*n) > 5*math.Sqrt(200*n) {
		t.Errorf("sum %v and squares %v of %d normals", sum, squares, 100*n)
	}
}

// TestSourceMarshal: a Source goes on from its state in another one.
func TestSourceMarshal(t *testing.T) {
	for _, used := range []int{0, 1, sourceWords - 1, sourceWords, sourceWords + 1} {
		s := NewSource(noise)
		for range used {
			s.Uint64()
		}
		data, err := s.MarshalBinary()
		if err != nil || len(data) != sourceBytes {
			t.Fatal(data, err)
		}
		if more, _ := s.AppendBinary([]byte("x")); string(more) != "x"+string(data) {
			t.Errorf("AppendBinary appends %q, MarshalBinary returns %q", more, data)
		}
		other := NewSource(Noise{})
		if err := other.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		for i := range 2 * sourceWords {
			if got, want := other.Uint64(), s.Uint64(); got != want {
				t.Fatalf("after %d words, word %d is %x, want %x", used, i, got, want)
			}
		}
	}
	for data, want := range map[string]string{
		"":                                  "0 bytes, want the 31",
		"philox:" + strings.Repeat("x", 25): "32 bytes, want the 31",
		"chacha:" + strings.Repeat("x", 24): "does not begin with philox:",
	} {
		s := NewSource(noise)
		err := s.UnmarshalBinary([]byte(data))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", data, err, want)
		}
		if s.Uint64() != documentedWord(noise, 0) {
			t.Errorf("%q has changed the source", data)
		}
	}
}

// TestSourceAllocs: words cost no allocations.
func TestSourceAllocs(t *testing.T) {
	s := NewSource(noise)
	if n := testing.AllocsPerRun(5, func() {
		for range 2 * sourceWords {
			s.Uint64()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSource(b *testing.B) {
	for name, s := range map[string]rand.Source{
		"Source": NewSource(noise), "PCG": rand.NewPCG(1, 2), "ChaCha8": rand.NewChaCha8([32]byte{1}),
	} {
		b.Run(name, func(b *testing.B) {
			sum := uint64(0)
			for b.Loop() {
				for range 1000 {
					sum += s.Uint64()
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/word")
		})
	}
}

// TestSourceZero: the zero Source is that of the zero Noise.
func TestSourceZero(t *testing.T) {
	var zero Source
	other := NewSource(Noise{})
	if zero.Index() != 0 {
		t.Errorf("begins at %d", zero.Index())
	}
	for i := range 2*sourceWords + 3 {
		if got, want := zero.Uint64(), other.Uint64(); got != want {
			t.Fatalf("word %d is %x, want %x", i, got, want)
		}
	}
}
