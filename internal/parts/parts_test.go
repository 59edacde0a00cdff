package parts

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// header is that of a shard of a run with three columns.
func header(shard, shards, total int) Header {
	return Header{Run: json.RawMessage(`{"seed":1}`), Arguments: []string{"sample", "--n=9"}, Shard: shard, Shards: shards,
		Total: total, Cols: 3}
}

// write writes a part whose values are their places in the run.
func write(t *testing.T, dir string, h Header) {
	t.Helper()
	err := Write(dir, &h, func(w *Writer) error {
		from, to := h.Range()
		h.Figures = map[string]int64{"evaluations": int64(to - from)}
		for i := from; i < to; i++ {
			row := []float64{float64(3 * i), float64(3*i + 1), float64(3*i + 2)}
			if h.Double {
				if err := w.Float64s(row); err != nil {
					return err
				}
				continue
			}
			if err := w.Float32s([]float32{float32(row[0]), float32(row[1]), float32(row[2])}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestParts: the parts of a run have its values, in order, however it is shared out.
func TestParts(t *testing.T) {
	for _, c := range []struct{ shards, total int }{{1, 0}, {1, 9}, {3, 10}, {16, 5}, {16, 100_003}} {
		for _, double := range []bool{false, true} {
			dir := filepath.Join(t.TempDir(), "parts")
			for shard := c.shards - 1; shard >= 0; shard-- {
				h := header(shard, c.shards, c.total)
				h.Double = double
				write(t, dir, h)
			}
			all, err := Collect(dir)
			if err != nil {
				t.Fatal(err)
			}
			next, sum := 0, int64(0)
			for _, p := range all {
				sum += p.Figures["evaluations"]
				look := func(v float64) {
					if v != float64(next) {
						t.Fatalf("value %d is %v", next, v)
					}
					next++
				}
				if double {
					err = p.Float64s(1000, func(values []float64) error {
						for _, v := range values {
							look(v)
						}
						return nil
					})
				} else {
					err = p.Float32s(1000, func(values []float32) error {
						for _, v := range values {
							look(float64(v))
						}
						return nil
					})
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if next != 3*c.total || sum != int64(c.total) {
				t.Errorf("%d values in %d shards, want %d; %d evaluations", next, c.shards, 3*c.total, sum)
			}
		}
	}
}

// TestBroken: a part with any byte changed, or cut anywhere, is not whole.
func TestBroken(t *testing.T) {
	dir := t.TempDir()
	h := header(0, 1, 7)
	write(t, dir, h)
	path := h.Path(dir)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := func() bool {
		p, err := Open(path)
		if err == nil {
			err = p.Check()
		}
		if err != nil && !errors.Is(err, errBroken) {
			t.Errorf("%v", err)
		}
		return err == nil
	}
	if !whole() {
		t.Fatal("a part is not whole")
	}
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 0x10
		if err := os.WriteFile(path, bad, 0o666); err != nil || whole() {
			t.Fatalf("byte %d is changed and the part whole, %v", i, err)
		}
		if err := os.WriteFile(path, good[:i], 0o666); err != nil || whole() {
			t.Fatalf("the part ends at byte %d and is whole, %v", i, err)
		}
	}
	if p, err := Whole(dir, h); p != nil || err != nil {
		t.Errorf("a broken part counts: %v, %v", p, err)
	}
	write(t, dir, h)
	if p, err := Whole(dir, h); p == nil || err != nil {
		t.Errorf("a whole part does not count: %v", err)
	}
}

// TestCollectErrors: what is missing, there twice or of another run is named.
func TestCollectErrors(t *testing.T) {
	for _, c := range []struct {
		want string
		make func(t *testing.T, dir string)
	}{
		{"has no parts", func(*testing.T, string) {}},
		{"lacks 4 of 9 shards: 0,3,5-6", func(t *testing.T, dir string) {
			for _, shard := range []int{1, 2, 4, 7, 8} {
				write(t, dir, header(shard, 9, 20))
			}
		}},
		{"lacks 1 of 2 shards: 1", func(t *testing.T, dir string) { write(t, dir, header(0, 2, 20)) }},
		{"has shard 1 twice", func(t *testing.T, dir string) {
			write(t, dir, header(0, 2, 20))
			write(t, dir, header(1, 2, 20))
			text, err := os.ReadFile(header(1, 2, 20).Path(dir))
			if err := errors.Join(err, os.WriteFile(filepath.Join(dir, "copy.part"), text, 0o666)); err != nil {
				t.Fatal(err)
			}
		}},
		{"one of 3 shards, and not of 2", func(t *testing.T, dir string) {
			write(t, dir, header(0, 2, 20))
			write(t, dir, header(1, 3, 20))
		}},
		{"20 rows of 3, and not 21 of 3", func(t *testing.T, dir string) {
			write(t, dir, header(0, 2, 21))
			write(t, dir, header(1, 2, 20))
		}},
		{`has {"seed":2}, and not {"seed":1}`, func(t *testing.T, dir string) {
			write(t, dir, header(0, 2, 20))
			h := header(1, 2, 20)
			h.Run = json.RawMessage(`{"seed":2}`)
			write(t, dir, h)
		}},
		{"it is not a whole part", func(t *testing.T, dir string) {
			write(t, dir, header(0, 1, 20))
			if err := os.WriteFile(filepath.Join(dir, "a.part"), []byte("text"), 0o666); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		dir := t.TempDir()
		c.make(t, dir)
		if _, err := Collect(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// TestWholeErrors: a shard is not written beside parts of another run.
func TestWholeErrors(t *testing.T) {
	dir := t.TempDir()
	if p, err := Whole(filepath.Join(dir, "none"), header(0, 2, 9)); p != nil || err != nil {
		t.Error(p, err)
	}
	write(t, dir, header(0, 2, 9))
	if p, err := Whole(dir, header(1, 2, 9)); p != nil || err != nil {
		t.Error(p, err)
	}
	for _, h := range []Header{header(1, 3, 9), header(1, 2, 8)} {
		if _, err := Whole(dir, h); err == nil || !strings.Contains(err.Error(), "parts of another run") {
			t.Errorf("%v", err)
		}
	}
}

// TestWriteErrors: a part with too few values is not written.
func TestWriteErrors(t *testing.T) {
	dir := t.TempDir()
	h := header(0, 1, 2)
	for _, values := range []int{5, 7} {
		err := Write(dir, &h, func(w *Writer) error { return w.Float32s(make([]float32, values)) })
		if err == nil || !strings.Contains(err.Error(), "want 2 rows of 3") {
			t.Error(err)
		}
	}
	h.Shard = 1
	if err := Write(dir, &h, nil); err == nil {
		t.Error("shard 1 of 1 is written")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Error(entries, err)
	}
}

func TestRanges(t *testing.T) {
	for want, there := range map[string][]int{"": {0, 1, 2, 3}, "0": {1, 2, 3}, "0-2": {3}, "1,3": {0, 2}, "1-3": {0}} {
		var all []*Part
		for _, shard := range there {
			all = append(all, &Part{Header: header(shard, 4, 9)})
		}
		spans, count := missing(all)
		if got := ranges(spans); got != want || count != 4-len(there) {
			t.Errorf("beside %v are missing %d, %s, want %s", there, count, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	type environment = map[string]string
	for _, c := range []struct {
		set  environment
		want int
		err  string
	}{
		{environment{"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_MIN": "3"}, 3, ""},
		{environment{"SLURM_ARRAY_TASK_ID": "0"}, 0, ""},
		{environment{"SLURM_ARRAY_TASK_ID": "10"}, 0, "want 0 to 9, of 10 shards"},
		{environment{"SLURM_ARRAY_TASK_ID": "x"}, 0, "want 0 to 9"},
		{environment{"JOB_COMPLETION_INDEX": "9"}, 9, ""},
		{environment{"JOB_COMPLETION_INDEX": "-1"}, 0, "want 0 to 9"},
		{environment{"PARALLEL_SEQ": "1"}, 0, ""},
		{environment{"PARALLEL_SEQ": "10"}, 9, ""},
		{environment{"PARALLEL_SEQ": "0"}, 0, "want 1 to 10"},
		{environment{"PARALLEL_SEQ": "2", "SLURM_ARRAY_TASK_ID": "2"}, 0, "as in --shard 2/10"},
		{environment{}, 0, "say it, as in --shard 0/10"},
	} {
		got, err := Find(10, func(name string) string { return c.set[name] })
		if c.err == "" && (err != nil || got != c.want) || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%v: %d, %v, want %d, %q", c.set, got, err, c.want, c.err)
		}
	}
}

func TestRangeCovers(t *testing.T) {
	for _, total := range []int{0, 1, 15, 16, 17, math.MaxInt32} {
		last := 0
		for shard := range 16 {
			from, to := (Header{Shard: shard, Shards: 16, Total: total}).Range()
			if from != last || to < from || to-from > total/16+1 {
				t.Errorf("of %d rows shard %d has %d to %d after %d", total, shard, from, to, last)
			}
			last = to
		}
		if last != total {
			t.Errorf("%d rows of %d", last, total)
		}
	}
}
