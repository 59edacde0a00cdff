package parts

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/hostile"
)

// sealed returns the bytes of a part with any header and values, and a checksum that is right.
func sealed(header, values []byte) []byte {
	part := append([]byte(magic), values...)
	part = append(part, header...)
	part = binary.LittleEndian.AppendUint64(part, uint64(len(header)))
	sum := sha256.Sum256(part)
	return append(part, sum[:]...)
}

// readPart reads a file as a part in every way. It must keep the bounds of package hostile, and have as many
// values as it says.
func readPart(t *testing.T, dir string, data []byte) {
	path := filepath.Join(dir, "a.part")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	hostile.Read(t, len(data), hostile.Texts, func() {
		p, err := Open(path)
		if err == nil {
			err = p.Check()
		}
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has more than one line: %q", err)
			}
			return
		}
		count := 0
		if p.Double {
			err = p.Float64s(1000, func(values []float64) error { count += len(values); return nil })
		} else {
			err = p.Float32s(1000, func(values []float32) error { count += len(values); return nil })
		}
		if from, to := p.Range(); err != nil || count != (to-from)*p.Cols {
			t.Errorf("%d values of %+v, %v", count, p.Header, err)
		}
		if _, err := Collect(dir); err != nil && p.Shards == 1 {
			t.Errorf("%+v: %v", p.Header, err)
		}
		Whole(dir, header(0, 1, 7))
	})
}

// FuzzPart reads arbitrary bytes as a part.
func FuzzPart(f *testing.F) {
	dir := f.TempDir()
	h := header(0, 1, 7)
	if err := Write(dir, &h, func(w *Writer) error { return w.Float32s(make([]float32, 21)) }); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(h.Path(dir))
	if err != nil {
		f.Fatal(err)
	}
	os.Remove(h.Path(dir))
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) { readPart(t, dir, data) })
}

// FuzzPartHeader reads parts whose checksum is right, with arbitrary headers and values.
func FuzzPartHeader(f *testing.F) {
	good, err := json.Marshal(header(0, 1, 2))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good, make([]byte, 24))
	f.Add(bytes.ReplaceAll(good, []byte("false"), []byte("true")), make([]byte, 48))
	for _, c := range wildHeaders {
		f.Add([]byte(c), []byte{})
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, header, values []byte) { readPart(t, dir, sealed(header, values)) })
}

// wildHeaders are of parts that hold nothing and say that their rows are immense.
var wildHeaders = []string{
	// 2^61 values of 8 bytes are 0 bytes modulo 2^64.
	`{"shard":0,"shards":1,"total":5,"cols":2305843009213693952,"double":true}`,
	`{"shard":0,"shards":1,"total":5,"cols":4611686018427387904}`,
	`{"shard":0,"shards":1,"total":0,"cols":1073741823}`,
	`{"shard":0,"shards":1,"total":0,"cols":268435456}`,
	`{"shard":999999,"shards":1000000,"total":9223372036854775807,"cols":268435456}`,
}

// TestWildHeaders: a part that holds nothing takes no memory, whatever it says.
func TestWildHeaders(t *testing.T) {
	dir := t.TempDir()
	for _, h := range wildHeaders {
		readPart(t, dir, sealed([]byte(h), nil))
	}
	deep := fmt.Sprintf(`{"run":%s}`, strings.Repeat("[", longest-100))
	readPart(t, dir, sealed([]byte(deep), nil))
	readPart(t, dir, sealed([]byte(`{"arguments":["`+strings.Repeat(`","`, longest/3-50)+`"]}`), nil))
	readPart(t, dir, sealed([]byte(`{"figures":{"`+strings.Repeat("a", longest-100)+`":1}}`), nil))
}
