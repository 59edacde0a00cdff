package safetensors

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// example holds everything that is easy to get wrong: values with peculiar bits, a scalar, empty tensors between
// others, a tensor of several chunks, and text that JSON escapes.
func example() *File {
	bits := []uint32{
		0x7fc00000, 0xffc12345, 0x7f800001, 0x7f800000, 0xff800000, 0, 0x80000000, 1, 0x807fffff, 0x00800000,
		0x7f7fffff, 0x3f800000,
	}
	special := make([]float32, len(bits))
	for i, b := range bits {
		special[i] = math.Float32frombits(b)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	long := make([]float32, 3*chunk/4+5)
	for i := range long {
		long[i] = float32(rng.NormFloat64())
	}
	return &File{
		Metadata: map[string]string{"format": "pt", "b": "<&>\u2028", "a": "\x00\"\\\n", "": ""},
		Tensors: []Tensor{
			{"z.weight", []int{3, 4}, special},
			{"empty", []int{0}, nil},
			{"scalar", nil, []float32{0.1}},
			{"long", []int{len(long)}, long},
			{"wide and empty", []int{1 << 20, 0, 7}, []float32{}},
			{"a \"\\\n\x7fé🙂\ufffd", []int{1, 1, 1}, []float32{-3}},
		},
	}
}

func encode(t testing.TB, f *File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decodeBytes(b []byte) (*File, error) {
	return Decode(bytes.NewReader(b), int64(len(b)), "test.st")
}

// checkEqual compares two files to the bit.
func checkEqual(t testing.TB, got, want *File) {
	t.Helper()
	if !maps.Equal(got.Metadata, want.Metadata) {
		t.Errorf("metadata is %q, want %q", got.Metadata, want.Metadata)
	}
	if len(got.Tensors) != len(want.Tensors) {
		t.Fatalf("there are %d tensors, want %d", len(got.Tensors), len(want.Tensors))
	}
	for i, w := range want.Tensors {
		g := got.Tensors[i]
		if g.Name != w.Name || !slices.Equal(g.Shape, w.Shape) {
			t.Errorf("tensor %d is %q %v, want %q %v", i, g.Name, g.Shape, w.Name, w.Shape)
		}
		checkBits(t, w.Name, g.Data, w.Data)
	}
}

func checkBits(t testing.TB, name string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("tensor %q has %d values, want %d", name, len(got), len(want))
	}
	for i := range want {
		if g, w := math.Float32bits(got[i]), math.Float32bits(want[i]); g != w {
			t.Fatalf("tensor %q: value %d is %#08x, want %#08x", name, i, g, w)
		}
	}
}

// checkMessage fails the test unless the error says all of wants.
func checkMessage(t testing.TB, err error, wants ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %q", wants)
	}
	for _, want := range wants {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not say %q", err, want)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, f := range []*File{example(), {}, {Metadata: map[string]string{"a": "b"}}} {
		b := encode(t, f)
		got, err := decodeBytes(b)
		if err != nil {
			t.Fatal(err)
		}
		checkEqual(t, got, f)
		if n := binary.LittleEndian.Uint64(b); (lengthSize+n)%alignment != 0 {
			t.Errorf("values begin at byte %d, want a multiple of %d", lengthSize+n, alignment)
		}
	}
}

func TestSaveAndLoad(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.st")
	for _, f := range []*File{{}, example()} {
		if err := Save(path, f); err != nil {
			t.Fatal(err)
		}
		got, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		checkEqual(t, got, f)
	}

	err := Save(path, &File{Tensors: []Tensor{{"w", []int{2}, nil}}})
	checkMessage(t, err, "cannot write "+path, `tensor "w"`)
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	checkEqual(t, got, example())
	checkMessage(t, Save(dir, &File{}), "cannot write "+dir, "it is a directory")
}

func TestLoadFails(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "missing")
	for _, test := range []struct {
		path  string
		wants []string
	}{
		{dir, []string{"cannot read " + dir, "it is a directory"}},
		{missing, []string{"cannot read " + missing}},
		{empty, []string{"cannot read " + empty, "it has 0 bytes, too few"}},
	} {
		_, err := Load(test.path)
		checkMessage(t, err, test.wants...)
		if strings.Count(err.Error(), test.path) != 1 {
			t.Errorf("error %q repeats the path", err)
		}
	}
	if _, err := Load(missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v is not os.ErrNotExist", err)
	}
	if info, err := os.Stat("/dev/zero"); err == nil && info.Mode()&os.ModeDevice != 0 {
		_, err := Load("/dev/zero")
		checkMessage(t, err, "/dev/zero", "it is not a regular file")
	}
}

func TestTensor(t *testing.T) {
	f := example()
	got, err := f.Tensor("scalar")
	if err != nil || got.Name != "scalar" || &got.Data[0] != &f.Tensors[2].Data[0] {
		t.Errorf("got %v, %v", got, err)
	}
	_, err = f.Tensor("bias")
	checkMessage(t, err, `no tensor "bias"`, `"z.weight", "empty", "scalar"`)
	_, err = (&File{}).Tensor("bias")
	checkMessage(t, err, `no tensor "bias"`, "none")
	_, err = (&File{Tensors: make([]Tensor, 12)}).Tensor("bias")
	checkMessage(t, err, "and 2 more")
}

func TestFromF16(t *testing.T) {
	for i := range 1 << 16 {
		sign, exponent, fraction := 1.0, i>>10&0x1f, float64(i&0x3ff)
		if i>>15 == 1 {
			sign = -1
		}
		short := fromF16(uint16(i))
		got := float64(short) // on RISC-V, a NaN loses its sign here
		var want float64
		switch {
		case exponent == 0x1f && fraction != 0:
			if bits := math.Float32bits(short); short == short || bits>>31 != uint32(i>>15) {
				t.Errorf("%#04x has the bits %#08x, want a NaN of sign %v", i, bits, sign)
			}
			continue
		case exponent == 0x1f:
			want = math.Inf(int(sign))
		case exponent == 0:
			want = math.Copysign(math.Ldexp(fraction, -24), sign)
		default:
			want = sign * math.Ldexp(1024+fraction, exponent-25)
		}
		if math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%#04x is %v, want %v", i, got, want)
		}
	}
}

func TestFromF64NaN(t *testing.T) {
	for _, test := range []struct {
		bits uint64
		want uint32
	}{
		{0x7ff8000000000000, 0x7fc00000},
		{0xfff8000000000000, 0xffc00000},
		{0x7ff0000000000001, 0x7fc00000},
		{0xfff4000020000000, 0xffe00001},
		{0x7fffffffffffffff, 0x7fffffff},
	} {
		if got := math.Float32bits(fromF64(test.bits)); got != test.want {
			t.Errorf("%#x becomes %#x, want %#x", test.bits, got, test.want)
		}
	}
}

// shrinking is a file that turns out shorter than its size.
type shrinking []byte

func (s shrinking) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(s)) {
		return 0, io.EOF
	}
	n := copy(p, s[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func TestDecodeShrinkingFile(t *testing.T) {
	content := encode(t, example())
	header := lengthSize + int(binary.LittleEndian.Uint64(content))
	for _, test := range []struct {
		length int
		wants  []string
	}{
		{3, []string{"the header length at byte 0"}},
		{20, []string{"the header of", "at byte 8"}},
		{header + 3, []string{`tensor "z.weight", whose data is at bytes`}},
		{header + 60, []string{`tensor "long", whose data is at bytes`}},
	} {
		_, err := Decode(shrinking(content[:test.length]), int64(len(content)), "a.st")
		checkMessage(t, err, append(test.wants, "cannot read a.st", "EOF")...)
	}
}
