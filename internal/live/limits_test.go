package live

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestLimits: what is beyond a limit, or makes no sense, is one sentence with the value and the limit, and the
// session goes on.
func TestLimits(t *testing.T) {
	leaves(t)
	limits := Limits{Upload: 2000, Files: 2, Rows: 50, Values: 120, Steps: 100, Batch: 32, Layers: 2, Width: 16, N: 30, Levels: 10, Evaluations: 20_000}
	s := New("one", Config{Limits: limits})
	t.Cleanup(s.Close)
	p := open(t, s)
	lines := func(n int) string { return strings.Repeat("1.5,2.5\n3.5,1.25\n", n/2) }
	upload := func(name, text string) (Request, []byte) {
		return Request{Do: "data", Files: []Upload{{Name: name, Size: int64(len(text))}}}, []byte(text)
	}
	train := func(s Settings) Request { return Request{Do: "train", Settings: &s} }
	watch := func(d Drawing) Request { return Request{Do: "watch", Watch: &Watch{B: &d}} }
	options := func(sampler string, o map[string]any) Request {
		return watch(Drawing{Sampler: sampler, N: 1, Options: o})
	}
	many, body := upload("a.csv", lines(1000))
	rows, rowsBody := upload("a.csv", lines(60))
	values, valuesBody := upload("a.csv", strings.ReplaceAll(lines(40), "\n", ",7.5,8\n"))
	good, goodBody := upload("a.csv", lines(40))
	minus, zero := -1.0, 0.0
	at := 0
	for _, c := range []struct {
		r    Request
		body []byte
		want string
	}{
		{many, body, "8500 bytes, and at most 2000"},
		{rows, rowsBody, "60 rows, and at most 50"},
		{values, valuesBody, "40 rows of 4 values, and at most 120 values"},
		{Request{Do: "data", Files: make([]Upload, 3)}, nil, "3 files, and at most 2"},
		{Request{Do: "data", Files: []Upload{{Name: "a.csv", Size: 5}}}, []byte("1,2"), `"a.csv" has 5 bytes and the message has 3`},
		{Request{Do: "data", Files: []Upload{{Name: "a.csv", Size: -5}}}, []byte("1,2"), "-5 bytes"},
		{Request{Do: "data", Files: []Upload{{Name: "a.csv", Size: 2}}}, []byte("1,2"), "1 bytes more than its files"},
		{Request{Do: "data", Files: []Upload{{Name: "..", Size: 0}}}, nil, `the name ".."`},
		{Request{Do: "data", Files: []Upload{{Name: "a/1.png"}, {Name: "b/1.png"}}}, nil, `two files have the name "1.png"`},
		{Request{Do: "data"}, nil, "no data are named"},
		{Request{Do: "data", Name: "/etc/passwd"}, nil, `no data of the name "/etc/passwd"`},
		{Request{Do: "data", Name: "moons", Files: make([]Upload, 1)}, nil, "want one of them"},
		{Request{Do: "data", Name: "swissroll", Labels: "class"}, nil, "no classes"},
		{Request{Do: "data", Name: "moons", Labels: "x"}, nil, "the labels class"},
		{train(Settings{}), nil, "no data yet"},
		{Request{Do: "again"}, nil, "no model yet"},
		{Request{Do: "get", What: "model"}, nil, "no model yet"},
		{good, goodBody, ""},
		{train(Settings{Steps: 101}), nil, "101 steps: want between 1 and 100"},
		{train(Settings{Steps: -1}), nil, "-1 steps"},
		{train(Settings{Batch: 33}), nil, "33 points a step: want between 1 and 32"},
		{train(Settings{Hidden: []int{1, 1, 1}}), nil, "3 hidden layers: want between 1 and 2"},
		{train(Settings{Hidden: []int{17}}), nil, "17 units in hidden layer 1: want between 1 and 16"},
		{train(Settings{Hidden: []int{3, 0}}), nil, "0 units in hidden layer 2"},
		{train(Settings{Rate: -2}), nil, "rate of -2"},
		{train(Settings{Steps: 5}), nil, "256 points a step: want between 1 and 32"}, // of the plan
		{Request{Do: "watch"}, nil, "nothing to watch"},
		{Request{Do: "watch", Watch: &Watch{Sigma: -1}}, nil, "noise level of -1"},
		{watch(Drawing{Sampler: "ddim", N: 31}), nil, "31 samples: want between 1 and 30"},
		{watch(Drawing{Sampler: "ddim"}), nil, "0 samples"},
		{watch(Drawing{Sampler: "best", N: 1}), nil, `no sampler "best"`},
		{options("ddim", map[string]any{"Levels": 11}), nil, "Levels is 11: want at most 10"},
		{options("ddim", map[string]any{"Levels": 1}), nil, "at least 2"},
		{options("ddim", map[string]any{"Churn": 1}), nil, "does nothing with the sampler ddim"},
		{options("ddim", map[string]any{"Levels": []int{1}}), nil, "want a whole number"},
		{options("heun", map[string]any{"Noise": 1.5}), nil, "does nothing without Churn"},
		{options("heun", map[string]any{"Rho": nil}), nil, "want a number"},
		{watch(Drawing{Sampler: "ddim", N: 1, Guidance: &minus}), nil, "without a class"},
		{watch(Drawing{Sampler: "ddim", N: 1, Class: "a", Guidance: &zero}), nil, "guidance of 0"},
		{Request{Do: "get", What: "samples"}, nil, "no samples yet"},
		{Request{Do: "get", What: "samples", Of: "c"}, nil, "want a or b"},
		{Request{Do: "get", What: "x"}, nil, "want model, samples or data"},
		{options("pc", map[string]any{"Predictor": "x"}), nil, ""},
		{train(Settings{Steps: 5, Batch: 4, Hidden: []int{3}}), nil, ""},
	} {
		p.ask(c.r, c.body...)
		if c.want == "" {
			continue
		}
		var f Failure
		f, _, at = await[Failure](p, at, anyOf)
		if f.Do != c.r.Do || !strings.Contains(f.Message, c.want) || strings.Contains(f.Message, "\n") {
			t.Errorf("%+v: %+v, want %q", c.r, f, c.want)
		}
	}
	await(p, 0, isDone)
	f, _, _ := await[Failure](p, at, anyOf) // of a predictor that there is not
	if !strings.Contains(f.Message, "Predictor is x") {
		t.Error(f)
	}
}

// TestMalformed: what is no request is an error of Handle, and so are more of them than can wait.
func TestMalformed(t *testing.T) {
	leaves(t)
	s := New("one", Config{Between: func() {}})
	t.Cleanup(s.Close)
	header := func(text string) []byte {
		return append([]byte{byte(len(text)), 0, 0, 0}, text...)
	}
	for _, message := range [][]byte{
		nil, {1, 0}, {255, 255, 255, 255}, {5, 0, 0, 0, '{'}, header(""), header("{}"), header("[]"), header("null"), header(`{"do":"x"}`),
		header(`{"do":"again"} {}`), header(`{"do":"again","more":1}`), header(`{"do":"train","settings":{"steps":1.5}}`),
		header(`{"do":"train","settings":{"steps":1e99}}`), header(`{"do":"train","settings":{"rate":1e999}}`),
		append(header(`{"do":"pause"}`), make([]byte, 30)...),
	} {
		if err := s.Handle(message); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", message, err)
		}
	}
	q := newQueue(100)
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		err = q.put(request{Request: Request{Do: "again"}})
	}
	if err == nil || len(q.list) > mostWaiting {
		t.Errorf("%d requests wait", len(q.list))
	}
	q = newQueue(100)
	for range 2 {
		err = q.put(request{Request: Request{Do: "data"}, body: make([]byte, 60)})
	}
	if err == nil {
		t.Error("more files wait than a message may have")
	}
	for range 1000 {
		if err := q.put(request{Request: Request{Do: "watch"}}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPNG: pictures come from who draws them, or there are none.
func TestPNG(t *testing.T) {
	for _, draws := range []bool{false, true} {
		c := Config{}
		if draws {
			c.PNG = func(rows kernels.Matrix64, m *smld.Model, _ string) ([]byte, error) {
				return fmt.Appendf(nil, "%dx%d of %s", rows.Rows, rows.Cols, m.Data.Name), nil
			}
		}
		s := New("one", c)
		t.Cleanup(s.Close)
		p := open(t, s)
		p.ask(Request{Do: "data", Name: "moons"})
		p.ask(Request{Do: "watch", Watch: &Watch{A: ddim(3)}})
		p.ask(Request{Do: "train", Settings: small(3)})
		await[Drawn](p, 0, anyOf)
		p.ask(Request{Do: "get", What: "samples", Of: "a", Format: "png"})
		if !draws {
			await[Failure](p, 0, anyOf)
		} else if f, body, _ := await[File](p, 0, anyOf); string(body) != "3x2 of moons" || f.Type != "image/png" {
			t.Errorf("%+v, %s", f, body)
		}
	}
}

// TestDiverged: a training that diverges says so, with what to do, and the session goes on.
func TestDiverged(t *testing.T) {
	leaves(t)
	s := New("one", Config{})
	t.Cleanup(s.Close)
	p := open(t, s)
	p.ask(Request{Do: "data", Name: "moons"})
	p.ask(Request{Do: "watch", Watch: &Watch{A: ddim(3), Field: true}})
	p.ask(Request{Do: "train", Settings: &Settings{Steps: 500, Hidden: []int{8}, Batch: 16, Rate: math.MaxFloat32}})
	state, _, at := await(p, 0, func(s State, _ []byte) bool { return s.Phase == failed || s.Phase == finished })
	if state.Phase != failed || !strings.Contains(state.Message, "lower learning rate") {
		t.Errorf("%+v", state)
	}
	p.ask(Request{Do: "train", Settings: small(5)})
	await(p, at, isDone)
}

// TestEvaluations: the steps of a sampler are bounded by their product too. What samplers do by default is taken.
func TestEvaluations(t *testing.T) {
	l := DefaultLimits()
	for _, s := range smld.Samplers() {
		if err := (&Drawing{Sampler: s.Name, N: 1}).check(l); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
	for _, d := range []Drawing{
		{Sampler: "annealed", N: 1, Options: map[string]any{"Levels": 1000, "Steps": 1000}},
		{Sampler: "annealed", N: 1, Options: map[string]any{"Steps": 41}}, // of 500 levels
		{Sampler: "pc", N: 1, Options: map[string]any{"Corrections": 21}},
	} {
		if err := d.check(l); err == nil || !strings.Contains(err.Error(), "want at most 20000 here") {
			t.Errorf("%+v: %v", d, err)
		}
	}
}
