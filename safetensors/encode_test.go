package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

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

var errFull = errors.New("full")

// limited fails once it has taken so many bytes.
type limited int

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
