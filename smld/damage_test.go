package smld

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/hostile"
	"github.com/seed964deb49/langevin/safetensors"
)

// tinyTrainer is a trainer whose checkpoints have few bytes.
func tinyTrainer(t testing.TB) *Trainer {
	m, source := ncsnModel(t, 1)
	m.Sigmas = []float32{20, 0.1}
	trainer, err := NewTrainer(m, source, checkpointConfig)
	if err != nil {
		t.Fatal(err)
	}
	trainer.DataHash, trainer.DataSettings = "abc", map[string]string{"bin": "auto"}
	return trainer
}

// tinyCheckpoint returns the bytes of a checkpoint after some steps.
func tinyCheckpoint(t testing.TB) []byte {
	trainer := tinyTrainer(t)
	for range 3 {
		trainer.Step()
	}
	return checkpointBytes(t, trainer)
}

func checkpointBytes(t testing.TB, trainer *Trainer) []byte {
	path := filepath.Join(t.TempDir(), "c")
	if err := trainer.SaveCheckpoint(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decode(data []byte) (*safetensors.File, error) {
	return safetensors.Decode(bytes.NewReader(data), int64(len(data)), "x")
}

// damaged calls do with data that have each bit flipped in turn, one of each byte where tests are to be
// short, and with data that end early.
func damaged(data []byte, do func(what string, at int, bad []byte)) {
	bad := slices.Clone(data)
	for i := range data {
		for bit := range 8 {
			if testing.Short() && bit != i%8 {
				continue
			}
			bad[i] ^= 1 << bit
			do("flipped", i, bad)
			bad[i] = data[i]
		}
		do("cut", i, data[:i])
	}
}

// TestDamagedCheckpoint: a checkpoint with any bit flipped is refused, or is the same checkpoint. One that
// ends early is refused. What refuses it leaves the trainer as it was.
func TestDamagedCheckpoint(t *testing.T) {
	want := tinyCheckpoint(t)
	trainer := tinyTrainer(t)
	before := checkpointBytes(t, trainer)
	refused, taken := 0, 0
	damaged(want, func(what string, at int, bad []byte) {
		f, err := decode(bad)
		if err == nil {
			_, err = trainer.restore(f, false)
		}
		if err != nil {
			refused++
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("byte %d %s: the error has more than one line: %q", at, what, err)
			}
			return
		}
		taken++
		if what == "cut" || !bytes.Equal(checkpointBytes(t, trainer), want) {
			t.Errorf("byte %d is %s, and another checkpoint is read", at, what)
		}
		f, err = decode(before)
		if err == nil {
			_, err = trainer.restore(f, false)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	if !bytes.Equal(checkpointBytes(t, trainer), before) {
		t.Error("a damaged checkpoint changes the trainer")
	}
	t.Logf("%d bytes: %d times refused, %d times taken as they were", len(want), refused, taken)
	if taken > len(want)/4 { // spaces, and the name of the checksum
		t.Errorf("%d damaged checkpoints are taken", taken)
	}
}

// TestDamagedModel: a model file, which has no checksum, is refused where its form is broken or where it ends
// early. A bit that is flipped in a number or a text changes that alone.
func TestDamagedModel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m")
	if err := tinyTrainer(t).Averaged().Save(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	good, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	refused, taken := 0, 0
	damaged(data, func(what string, at int, bad []byte) {
		f, err := decode(bad)
		if err == nil {
			_, err = fromFile(f)
		}
		if err != nil {
			refused++
			return
		}
		taken++
		changes := 0
		for i, tensor := range f.Tensors {
			if tensor.Name != good.Tensors[i].Name || !slices.Equal(tensor.Shape, good.Tensors[i].Shape) {
				t.Fatalf("byte %d is %s, and tensor %q is read as %q", at, what, good.Tensors[i].Name,
					tensor.Name)
			}
			for j, v := range tensor.Data {
				if v != good.Tensors[i].Data[j] {
					changes++
				}
			}
		}
		if !maps.Equal(f.Metadata, good.Metadata) {
			changes++
		}
		if what == "cut" || changes > 1 {
			t.Errorf("byte %d is %s, and %d things have changed", at, what, changes)
		}
	})
	t.Logf("%d bytes: %d times refused, %d times taken", len(data), refused, taken)
}

// TestOldCheckpoint: checkpoints without a checksum, of versions before it, are taken.
func TestOldCheckpoint(t *testing.T) {
	f, err := decode(tinyCheckpoint(t))
	if err != nil {
		t.Fatal(err)
	}
	delete(f.Metadata, sumKey)
	trainer := tinyTrainer(t)
	if _, err := trainer.restore(f, false); err != nil || trainer.Done() != 3 {
		t.Errorf("%d steps, %v", trainer.Done(), err)
	}
	f.Metadata[sumKey] = strings.Repeat("0", 64)
	if _, err := trainer.restore(f, false); !errors.Is(err, errSum) {
		t.Errorf("error %v, want %v", err, errSum)
	}
}

// TestManyTensors: a file of more tensors than a network has is refused before they are looked for.
func TestManyTensors(t *testing.T) {
	f := &safetensors.File{}
	for range mostTensors + 1 {
		f.Tensors = append(f.Tensors, safetensors.Tensor{})
	}
	if _, err := fromFile(f); err == nil || !strings.Contains(err.Error(), "10001 tensors") {
		t.Errorf("error %v", err)
	}
}

// FuzzModelFile reads arbitrary bytes as a model or a checkpoint. What is read is written again and comes
// back.
func FuzzModelFile(f *testing.F) {
	f.Add(tinyCheckpoint(f))
	path := filepath.Join(f.TempDir(), "m")
	if err := tinyTrainer(f).Averaged().Save(path); err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var m *Model
		hostile.Read(t, len(data), hostile.Texts, func() {
			if f, err := decode(data); err == nil {
				m, _ = fromFile(f)
			}
		})
		if m != nil {
			checkModelFile(t, m)
		}
	})
}

// checkModelFile fails the test unless a model comes back from its file.
func checkModelFile(t *testing.T, m *Model) {
	t.Helper()
	f, err := m.file()
	if err != nil {
		t.Fatal(err)
	}
	back, err := fromFile(f)
	if err != nil {
		t.Fatalf("what was written cannot be read: %v", err)
	}
	if !slices.Equal(back.Net.Block, m.Net.Block) || !reflect.DeepEqual(back.Encoding, m.Encoding) ||
		back.Data.Name != m.Data.Name {
		t.Errorf("%+v comes back as %+v", m, back)
	}
}

// FuzzCheckpoint restores trainers from checkpoints with arbitrary metadata, whose checksum is right. After
// an error the trainer is as it was.
func FuzzCheckpoint(f *testing.F) {
	good, err := decode(tinyCheckpoint(f))
	if err != nil {
		f.Fatal(err)
	}
	m := good.Metadata
	f.Add(m[trainKey], m[stepKey], m[pointsKey], m[hashKey], m[dataSettingsKey], m[dataKey])
	f.Add("{}", "-0", "1e3", "", "{\"a\":null}", "{}")
	f.Add(m[trainKey], "0", "0", "\x00", "[]", m[dataKey])
	f.Add(m[trainKey], "9223372036854775807", "18446744073709551615", "abc", "null", m[dataKey])
	trainer := tinyTrainer(f)
	f.Fuzz(func(t *testing.T, config, step, points, hash, settings, data string) {
		file := &safetensors.File{Metadata: maps.Clone(good.Metadata), Tensors: good.Tensors}
		for key, value := range map[string]string{
			trainKey: config, stepKey: step, pointsKey: points, hashKey: hash, dataSettingsKey: settings,
			dataKey: data,
		} {
			file.Metadata[key] = value
		}
		if seal(file) != nil {
			t.Skip() // what is no text cannot be in a file
		}
		done := trainer.Done()
		if _, err := trainer.restore(file, true); err != nil && trainer.Done() != done {
			t.Errorf("%v, and the trainer is at step %d", err, trainer.Done())
		}
	})
}
