package live

import (
	"bytes"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
)

// TestSession: a page chooses data, watches and trains; losses come for every step, frames from the noise to the
// samples, and in the end the samples as files.
func TestSession(t *testing.T) {
	s := New("one", Config{})
	defer s.Close()
	p := open(t, s)
	hello, _, _ := await[Hello](p, 0, anyOf)
	if hello.Resumed || hello.Session != "one" || len(hello.Samplers) < 10 || len(hello.Data) != len(dataset.Names()) {
		t.Errorf("%+v", hello)
	}
	p.ask(Request{Do: "data", Name: "8gaussians"})
	data, body, _ := await[Data](p, 0, anyOf)
	if data.Kind != planeKind || data.Cols != 2 || len(body) != data.Shown*8 || data.Plan.Steps != 50_000 || !data.Endless {
		t.Errorf("%+v, %d bytes", data, len(body))
	}
	p.ask(Request{Do: "watch", Watch: &Watch{A: &Drawing{Sampler: "heun", N: 50, Seed: 3, Options: map[string]any{"Levels": 12}}, Field: true}})
	p.ask(Request{Do: "train", Settings: &Settings{Steps: 300, Hidden: []int{8, 8}, Batch: 32}})
	told, _, from := await[Training](p, 0, anyOf)
	if want := "langevin train --data 8gaussians --dir run --steps 300 --batch 32 --hidden 8,8"; told.Command != want {
		t.Errorf("the command is %q, want %q", told.Command, want)
	}
	state, _, done := await(p, from, isDone)
	if state.Step != 300 || state.Total != 300 || !(state.Loss > 0) {
		t.Errorf("%+v", state)
	}
	drawn, samples, _ := await(p, done, func(d Drawn, _ []byte) bool { return d.Step == 300 })
	var shown []int
	var last []byte
	rows := 0
	for at := 0; ; {
		f, body, next, ok := find(p, at, func(f Frame, _ []byte) bool { return f.Draw == drawn.Draw })
		if !ok {
			break
		}
		shown, last, at = append(shown, f.Frame), body, next
	}
	if len(shown) != 13 || !slices.IsSorted(shown) || !bytes.Equal(last, samples) || len(samples) != 50*8 {
		t.Errorf("frames %v, the last is the samples: %v", shown, bytes.Equal(last, samples))
	}
	for at := 0; ; {
		l, body, next, ok := find(p, at, anyOf[Losses])
		if !ok {
			break
		}
		if rows, at = rows+l.Rows, next; len(body) != 16*l.Rows {
			t.Errorf("%+v with %d bytes", l, len(body))
		}
	}
	if rows != 300 {
		t.Errorf("%d rows of losses, want 300", rows)
	}
	await[HeldOut](p, 0, anyOf)
	for _, format := range []string{"npy", "csv"} {
		p.ask(Request{Do: "get", What: "samples", Of: "a", Format: format})
		_, file, _ := await(p, 0, func(f File, _ []byte) bool { return f.Name == "samples."+format })
		set, err := dataset.Read("samples."+format, bytes.NewReader(file), int64(len(file)), dataset.Options{})
		if err != nil || set.X.Rows != 50 {
			t.Errorf("%v, %v", set, err)
		}
	}
}
