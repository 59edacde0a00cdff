package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
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

// The bytes of Encode are part of what it promises.
func TestEncodeBytes(t *testing.T) {
	got := encode(t, &File{
		Metadata: map[string]string{"b": "<2>", "a": "1"},
		Tensors:  []Tensor{{"w", []int{2, 1}, []float32{1, -2}}, {"b", []int{}, []float32{0.5}}},
	})
	header := `{"__metadata__":{"a":"1","b":"<2>"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},` +
		`"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}`
	header += strings.Repeat(" ", 7-(len(header)+7)%8)
	want := file(header, "\x00\x00\x80\x3f\x00\x00\x00\xc0\x00\x00\x00\x3f")
	if !bytes.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got, want := encode(t, &File{}), []byte("\x08\x00\x00\x00\x00\x00\x00\x00{}      "); !bytes.Equal(got, want) {
		t.Errorf("empty file: got %q, want %q", got, want)
	}
	for range 20 {
		if !bytes.Equal(encode(t, example()), encode(t, example())) {
			t.Fatal("the same file encodes to different bytes")
		}
	}
}

func TestGolden(t *testing.T) {
	content, err := os.ReadFile("testdata/plain.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := Load("testdata/plain.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tensor := range f.Tensors {
		names = append(names, tensor.Name)
	}
	want := []string{"layers.0.weight", "layers.0.bias", "spezial \"\\\n é 🙂", "empty", "Scalar"}
	if !slices.Equal(names, want) {
		t.Errorf("tensors are %q, want %q", names, want)
	}
	if want := map[string]string{"format": "pt", "einheit": "µ<&>", "": ""}; !maps.Equal(f.Metadata, want) {
		t.Errorf("metadata is %q, want %q", f.Metadata, want)
	}
	checkBits(t, "layers.0.bias", f.Tensors[1].Data, []float32{-0.25, -0.125, 0, 0.125, 0.25})
	if got := f.Tensors[2]; !slices.Equal(got.Shape, []int{2, 5}) || math.Float32bits(got.Data[1]) != 0xffc12345 {
		t.Errorf("got %v %#08x", got.Shape, math.Float32bits(got.Data[1]))
	}
	checkBits(t, "Scalar", f.Tensors[4].Data, []float32{0.1})
	if got := encode(t, f); !bytes.Equal(got, content) {
		t.Errorf("encoding the file again changes it:\ngot  %q\nwant %q", got, content)
	}
}

func TestGoldenConverted(t *testing.T) {
	f, err := Load("testdata/converted.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"f64", "f16", "bf16"} {
		got, err := f.Tensor(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := f.Tensor(name + " as f32")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Shape, want.Shape) || len(want.Data) == 0 {
			t.Errorf("tensor %q has shape %v, want %v", name, got.Shape, want.Shape)
		}
		checkBits(t, name, got.Data, want.Data)
	}
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

// The script stands in for the loader of Python, whose strictness it shares.
func TestPythonReads(t *testing.T) {
	python := "/usr/bin/python3"
	if exec.Command(python, "-c", "import numpy").Run() != nil {
		t.Skip("no Python with numpy here")
	}
	path := filepath.Join(t.TempDir(), "a.st")
	f := example()
	if err := Save(path, f); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "testdata/check.py", path)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	type tensor struct {
		Name, Dtype   string
		Shape         []int
		CRC32, Finite uint32
	}
	type file struct {
		Metadata map[string]string
		Aligned  bool
		Tensors  []tensor
	}
	want := file{f.Metadata, true, nil}
	for _, x := range f.Tensors {
		var raw []byte
		finite := uint32(0)
		for _, v := range x.Data {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
			if !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0) {
				finite++
			}
		}
		want.Tensors = append(want.Tensors, tensor{
			x.Name, "F32", append([]int{}, x.Shape...), crc32.ChecksumIEEE(raw), finite})
	}
	var got file
	if err := json.Unmarshal(output, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(content, 0), 0o666); err != nil {
		t.Fatal(err)
	}
	if exec.Command(python, "testdata/check.py", path).Run() == nil {
		t.Error("the script accepts a byte too many, so that its word means little")
	}
}

func TestEncodeFails(t *testing.T) {
	one := []float32{1}
	for _, test := range []struct {
		name  string
		f     File
		wants []string
	}{
		{"too few values", File{Tensors: []Tensor{{"w", []int{2, 3}, make([]float32, 5)}}},
			[]string{`tensor "w", number 0`, "shape [2 3] needs 6 values, its data has 5"}},
		{"scalar without value", File{Tensors: []Tensor{{"w", nil, nil}}}, []string{"needs 1 values, its data has 0"}},
		{"negative dimension", File{Tensors: []Tensor{{"w", []int{-1, -1}, one}}},
			[]string{`tensor "w"`, "dimension 0 of its shape is -1"}},
		{"overflow", File{Tensors: []Tensor{{"w", []int{math.MaxInt, 2, 0}, nil}}},
			[]string{`tensor "w"`, "the product of its shape overflows at dimension 0"}},
		{"overflow to the right count", File{Tensors: []Tensor{{"w", []int{1 << 16, 1 << 16, 1 << 16, 1 << 16}, nil}}},
			[]string{`tensor "w"`, "the product of its shape overflows"}},
		{"duplicate", File{Tensors: []Tensor{{"w", nil, one}, {"v", nil, one}, {"w", nil, one}}},
			[]string{`tensor "w", number 2: an earlier tensor has the same name`}},
		{"empty name", File{Tensors: []Tensor{{"", nil, one}}}, []string{"number 0: its name is empty"}},
		{"reserved name", File{Tensors: []Tensor{{"__metadata__", nil, one}}},
			[]string{"reserves this name for the metadata"}},
		{"name not UTF-8", File{Tensors: []Tensor{{"a\xff", nil, one}}}, []string{"its name is not valid UTF-8"}},
		{"metadata key not UTF-8", File{Metadata: map[string]string{"a\xff": ""}},
			[]string{`metadata "a\xff"`, "not valid UTF-8"}},
		{"metadata value not UTF-8", File{Metadata: map[string]string{"a": "\xed\xa0\x80"}},
			[]string{`metadata "a"`, "not valid UTF-8"}},
		{"header too long", File{Metadata: map[string]string{"a": strings.Repeat("a", maxHeader)}},
			[]string{"more than the 100000000 that the format allows"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			checkMessage(t, Encode(&b, &test.f), test.wants...)
			if b.Len() > 0 {
				t.Errorf("%d bytes were written", b.Len())
			}
		})
	}
}

// limited fails once it has taken so many bytes.
type limited int

var errFull = errors.New("full")

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), int(*l))
	*l -= limited(n)
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func TestEncodeReportsTheWriter(t *testing.T) {
	size := len(encode(t, example()))
	for _, test := range []struct {
		room int
		want string
	}{
		{0, "writing the header: full"},
		{size - 5, `writing tensor "long": full`},
		{size - 1, `writing tensor "a `},
	} {
		room := limited(test.room)
		err := Encode(&room, example())
		checkMessage(t, err, test.want)
		if !errors.Is(err, errFull) {
			t.Errorf("error %v does not wrap that of the writer", err)
		}
	}
	room := limited(size)
	if err := Encode(&room, example()); err != nil {
		t.Error(err)
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
