package live

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/smld"
)

// TestPause: a training that pauses stands still, draws once, and goes on to the model that it would have had.
func TestPause(t *testing.T) {
	model := func(pauses int) []byte {
		_, p := begin(t, 3000, Watch{A: ddim(20)})
		at := 0
		for range pauses {
			p.ask(Request{Do: "pause"})
			var state State
			state, _, at = await(p, at, func(s State, _ []byte) bool { return s.Phase == paused })
			await(p, at, func(d Drawn, _ []byte) bool { return d.Step == state.Step })
			p.ask(Request{Do: "watch", Watch: &Watch{A: ddim(21)}})
			p.ask(Request{Do: "go"})
			_, _, at = await(p, at, func(s State, _ []byte) bool { return s.Phase == running && s.Step == state.Step })
		}
		await(p, 0, isDone)
		p.ask(Request{Do: "get", What: "model"})
		_, body, _ := await[File](p, 0, anyOf)
		return body
	}
	if !bytes.Equal(model(0), model(2)) {
		t.Error("pauses change the model")
	}
}

// TestReset: after a reset there is no model, and the data are there still.
func TestReset(t *testing.T) {
	_, p := begin(t, 1_000_000, Watch{A: ddim(20)})
	_, _, at := await[Drawn](p, 0, anyOf)
	p.ask(Request{Do: "reset"})
	_, _, at = await(p, at, func(s State, _ []byte) bool { return s.Phase == idle })
	for _, r := range []Request{{Do: "get", What: "model"}, {Do: "again"}, {Do: "get", What: "samples", Of: "a", Format: "npy"}} {
		p.ask(r)
		_, _, at = await(p, at, func(f Failure, _ []byte) bool { return f.Do == r.Do })
	}
	p.ask(Request{Do: "train", Settings: small(20)})
	await(p, at, isDone)
}

// TestInterrupted: a request does not wait for a drawing that takes long, and neither does the end of a session.
func TestInterrupted(t *testing.T) {
	s, p := begin(t, 50, Watch{})
	_, _, at := await(p, 0, isDone)
	long := &Drawing{Sampler: "annealed", N: 10_000, Seed: 1, Options: map[string]any{"Levels": 1000, "Steps": 20}}
	for i := range 3 {
		p.ask(Request{Do: "watch", Watch: &Watch{A: long}})
		await(p, at, func(f Frame, _ []byte) bool { return f.Rows == 10_000 })
		begun := time.Now()
		if i == 2 {
			s.Close()
		} else {
			p.ask(Request{Do: "watch", Watch: &Watch{A: ddim(7)}})
			_, _, at = await(p, at, func(d Drawn, _ []byte) bool { return d.Rows == 7 })
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("that takes %v", took)
		}
	}
	message, err := Encode(Request{Do: "again"}, nil)
	if err != nil || s.Handle(message) == nil {
		t.Error("a session that has ended takes requests")
	}
}

// TestCloseAtOnce: a session ends whatever it does.
func TestCloseAtOnce(t *testing.T) {
	leaves(t)
	for i := range 8 {
		s := New("one", Config{})
		p := open(t, s)
		p.ask(Request{Do: "data", Name: "digits"})
		p.ask(Request{Do: "watch", Watch: &Watch{A: ddim(100)}})
		p.ask(Request{Do: "train"})
		time.Sleep(time.Duration(i) * 3 * time.Millisecond)
		s.Close()
		s.Close()
		p.detach()
	}
}

// TestUploadedModel: a model that is uploaded is drawn from, gives the samples that its training gave, and cannot
// be trained.
func TestUploadedModel(t *testing.T) {
	_, p := begin(t, 100, Watch{A: ddim(20)})
	_, _, at := await(p, 0, isDone)
	drawn, _, _ := await(p, at, func(d Drawn, _ []byte) bool { return d.Step == 100 })
	p.ask(Request{Do: "get", What: "model"})
	_, model, at := await[File](p, at, anyOf)
	p.ask(Request{Do: "data", Files: []Upload{{Name: "my.safetensors", Size: int64(len(model))}}}, model...)
	data, _, at := await[Data](p, at, anyOf)
	if data.Kind != planeKind || data.Rows != 0 || data.Cols != 2 || data.High[0] < 1 || len(data.Classes) != 8 {
		t.Errorf("%+v", data)
	}
	again, _, at := await[Drawn](p, at, anyOf)
	if again.Digest != drawn.Digest || len(again.Measures) > 0 {
		t.Errorf("%+v, want %+v", again, drawn)
	}
	p.ask(Request{Do: "train"})
	failure, _, at := await[Failure](p, at, anyOf)
	if !strings.Contains(failure.Message, "choose data first") {
		t.Error(failure)
	}
	p.ask(Request{Do: "watch", Watch: &Watch{A: ddim(20), Field: true}})
	field, body, at := await[Field](p, at, anyOf)
	if len(body) != 4*(field.Width*field.Height+2*field.ArrowCols*field.ArrowRows) {
		t.Errorf("%+v with %d bytes", field, len(body))
	}
	p.ask(Request{Do: "reset"})
	await[Drawn](p, at, anyOf)
}

// TestDataFile: points that were drawn can be had as the file that the command is to train on, and others have a
// name that it knows.
func TestDataFile(t *testing.T) {
	leaves(t)
	s := New("one", Config{})
	t.Cleanup(s.Close)
	p := open(t, s)
	p.ask(Request{Do: "get", What: "data"})
	_, _, at := await[Failure](p, 0, anyOf)
	var text strings.Builder
	text.WriteString("x,y\n")
	for i := range 200 {
		fmt.Fprintf(&text, "%g,%g\n", float64(i%17)/4, float64(i*i%23)/8)
	}
	p.ask(Request{Do: "data", Files: []Upload{{Name: "moons", Size: int64(text.Len())}}}, []byte(text.String())...)
	_, _, at = await[Failure](p, at, anyOf) // a text needs its ending
	p.ask(Request{Do: "data", Files: []Upload{{Name: "points.csv", Size: int64(text.Len())}}}, []byte(text.String())...)
	data, _, _ := await[Data](p, at, anyOf)
	if data.Command != "points.csv" || data.Rows != 200 || data.Kind != planeKind {
		t.Errorf("%+v", data)
	}
	p.ask(Request{Do: "get", What: "data"})
	file, body, _ := await[File](p, at, anyOf)
	if file.Name != "points.csv" || file.Type != "text/csv" || string(body) != text.String() {
		t.Errorf("%+v, %d bytes", file, len(body))
	}
	p.ask(Request{Do: "data", Name: "moons"})
	p.ask(Request{Do: "get", What: "data"})
	await[Failure](p, at, func(f Failure, _ []byte) bool { return strings.Contains(f.Message, "moons") })
}

// TestFramesOfMany: of more steps than are shown some are, evenly, with the first and the last.
func TestFramesOfMany(t *testing.T) {
	_, p := begin(t, 20, Watch{A: &Drawing{Sampler: "ddim", N: 3, Seed: 1, Options: map[string]any{"Levels": 200}}})
	_, _, at := await(p, 0, isDone)
	drawn, samples, _ := await(p, at, anyOf[Drawn])
	var last []byte
	before := float64(1e9)
	for i := range mostSteps + 1 {
		f, body, _ := await(p, 0, func(f Frame, _ []byte) bool { return f.Draw == drawn.Draw && f.Frame == i })
		if f.Total != mostSteps || !(f.Sigma < before) {
			t.Errorf("%+v", f)
		}
		last, before = body, f.Sigma
	}
	if !bytes.Equal(last, samples) || before != 0 {
		t.Error("the last frame is not the samples")
	}
}

// TestAllSamplers: each sampler draws, as it comes, by a command line that names it.
func TestAllSamplers(t *testing.T) {
	_, p := begin(t, 20, Watch{})
	_, _, at := await(p, 0, isDone)
	for _, sampler := range smld.SamplerNames() {
		d := &Drawing{Sampler: sampler, N: 2, Seed: 1, Class: "2"}
		if sampler == "annealed" {
			d.Options = map[string]any{"Steps": 1}
		}
		p.ask(Request{Do: "watch", Watch: &Watch{A: d}})
		var drawn Drawn
		drawn, _, at = await(p, at, anyOf[Drawn])
		if named := strings.Contains(drawn.Command, "--sampler "+sampler); named != (sampler != smld.DefaultSampler) {
			t.Error(drawn.Command)
		}
	}
}
