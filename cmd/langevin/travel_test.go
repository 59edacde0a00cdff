package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

var update = flag.Bool("update", false, "write testdata/points.npy, testdata/run and testdata/run.sha256 anew")

// Files that amd64 wrote: points, a run directory stopped in the middle of a training on them, and the hashes of the files
// that it ends in, in the form of sha256sum. The hashes depend on the noise and follow a change of its bits by
//
//	go test ./cmd/langevin -run TestTravel -update
//
// which leaves the other files as they are.
const (
	travelPoints = "testdata/points.npy"
	travelRun    = "testdata/run"
	travelHashes = "testdata/run.sha256"

	travelCut   = 5
	travelSteps = 12
)

// travelSettings are those of the run, whose path of the data holds in this folder.
func travelSettings() *train {
	s := &train{
		Data: travelPoints, Steps: travelSteps, Batch: 16, Seed: 1<<63 + 7, Levels: 9, HoldOut: 0.1, Hidden: []int{8, 8, 8},
		Residual: true, Preconditioning: "edm", Rate: 1e-3, WarmUp: new(3), Schedule: "cosine", WeightDecay: 0.01, Clip: 1, EMA: new(0.99),
		Noise: "log-normal", LogMean: new(-0.5), LogStd: 1.2, Weighting: "edm", CheckpointSteps: 4, Keep: 3, LogSteps: 2,
	}
	s.Checkpoint.Duration = time.Hour
	return s
}

// travelValue(i) is a multiple of 2^-24 from -1/2 up to 1/2 that uses every byte of a float32.
func travelValue(i int) float32 {
	return float32(int32(uint32(i)*0x9e3779b9>>8)-1<<23) * 0x1p-24
}

func travelMatrix() kernels.Matrix {
	x := kernels.NewMatrix(30, 3)
	for i := range x.Data {
		x.Data[i] = travelValue(i)
	}
	return x
}

// travelState sets a checkpoint's parameters, their average and Adam's moments, of which the second must not be negative.
func travelState(f *safetensors.File) {
	i := 0
	for _, tensor := range f.Tensors {
		if !strings.HasPrefix(tensor.Name, "net.") && !strings.HasPrefix(tensor.Name, "ema.") && !strings.HasPrefix(tensor.Name, "adam.") {
			continue
		}
		for j := range tensor.Data {
			tensor.Data[j] = travelValue(i)
			if tensor.Name == "adam.v" {
				tensor.Data[j] *= tensor.Data[j]
			}
			i++
		}
	}
}

// writeRun writes the run directory, with a checkpoint of the formula's parameters.
func writeRun(t *testing.T) {
	if err := os.RemoveAll(travelRun); err != nil {
		t.Fatal(err)
	}
	settings := travelSettings()
	dir, err := newRun(travelRun, settings)
	if err != nil {
		t.Fatal(err)
	}
	p, err := settings.prepare(true, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	dir.release()
	if err := os.RemoveAll(dir.file(".lock")); err != nil {
		t.Fatal(err)
	}
	p.trainer.DataHash, p.trainer.DataSettings = "", nil // a checkpoint without one is taken
	checkpoint := dir.checkpoint(travelCut)
	if err := p.trainer.SaveCheckpoint(checkpoint); err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Load(checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	travelState(f)
	f.Metadata["langevin.step"] = fmt.Sprint(travelCut)
	f.Metadata["langevin.points"] = fmt.Sprint(travelCut * settings.Batch)
	delete(f.Metadata, "langevin.sha256") // of the parameters before
	err = errors.Join(safetensors.Save(checkpoint, f), p.trainer.LoadCheckpoint(checkpoint),
		p.trainer.SaveCheckpoint(checkpoint))
	if err != nil {
		t.Fatal(err)
	}
}

// TestTravelPoints reads the points and writes them again.
func TestTravelPoints(t *testing.T) {
	if *update {
		err := atomicfile.Write(travelPoints, func(w io.Writer) error { return dataset.WriteNPY(w, widened(travelMatrix()), false) })
		if err != nil {
			t.Fatal(err)
		}
	}
	set, err := dataset.Open(travelPoints, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := travelMatrix(); !reflect.DeepEqual(set.Float32(), want) {
		t.Errorf("%s: read %v, want %v", travelPoints, set.Float32(), want)
	}
	var again bytes.Buffer
	if err := dataset.WriteNPY(&again, set.X, false, set.Shape...); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), content(t, travelPoints)) {
		t.Errorf("%s, written again, has other bytes", travelPoints)
	}
}

// TestTravelRun reads the run's settings and its checkpoint, writes them again, and continues the run.
func TestTravelRun(t *testing.T) {
	if *update {
		writeRun(t)
	}
	temp := t.TempDir()
	run := filepath.Join(temp, "run")
	if err := os.CopyFS(run, os.DirFS(travelRun)); err != nil {
		t.Fatal(err)
	}
	var settings train
	dir, err := openRun(run, &settings)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.release()
	if want := travelSettings(); !reflect.DeepEqual(&settings, want) {
		t.Errorf("%s: read %+v, want %+v", dir.config(), settings, *want)
	}
	other, err := newRun(filepath.Join(temp, "other"), &settings)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content(t, other.config()), content(t, dir.config())) {
		t.Error("the settings, written again, have other bytes")
	}

	p, err := settings.prepare(true, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	p.trainer.DataHash, p.trainer.DataSettings = "", nil // as in the checkpoint
	if _, err := dir.load(p.trainer, io.Discard, settings.Steps); err != nil {
		t.Fatal(err)
	}
	if p.trainer.Done() != travelCut {
		t.Errorf("the checkpoint is of step %d, want %d", p.trainer.Done(), travelCut)
	}
	again, want := other.checkpoint(travelCut), content(t, dir.checkpoint(travelCut))
	if err := p.trainer.SaveCheckpoint(again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content(t, again), want) {
		t.Error("the checkpoint, written again, has other bytes")
	}
	state, err := safetensors.Load(again)
	if err != nil {
		t.Fatal(err)
	}
	travelState(state)
	if err := safetensors.Save(again, state); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content(t, again), want) {
		t.Error("the checkpoint's parameters, average or moments are others than the formula's")
	}

	dir.release()
	mustRun(t, "train", "--resume", run)
	hashes := fmt.Sprintf("%s  model.safetensors\n%s  checkpoints/%010d.safetensors\n",
		hash(t, dir.model()), hash(t, dir.checkpoint(travelSteps)), travelSteps)
	if *update {
		if err := os.WriteFile(travelHashes, []byte(hashes), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want := content(t, travelHashes); hashes != string(want) {
		t.Errorf("the run ends in\n%swant\n%s", hashes, want)
	}
}

func content(t *testing.T, path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
