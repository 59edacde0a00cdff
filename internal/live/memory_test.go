package live

import (
	"runtime"
	"testing"
	"weak"

	"github.com/seed964deb49/langevin/smld"
)

// TestFreed: a trainer and its data are freed when other data are chosen, when the session is reset and when it
// ends.
func TestFreed(t *testing.T) {
	for what, end := range map[string]func(s *Session, w *worker){
		"reset": func(s *Session, w *worker) { w.carryOut(request{Request: Request{Do: "reset"}}) },
		"data":  func(s *Session, w *worker) { w.carryOut(request{Request: Request{Do: "data", Name: "moons"}}) },
		"close": func(s *Session, w *worker) { close(s.done); s.Close(); *w = worker{} },
	} {
		s, w := newSession("one", Config{})
		for _, r := range []Request{
			{Do: "data", Name: "8gaussians"}, {Do: "watch", Watch: &Watch{A: ddim(5), Field: true}},
			{Do: "train", Settings: small(9)},
		} {
			w.carryOut(request{Request: r})
		}
		for w.turn() {
		}
		trainer, model := weak.Make(w.training.trainer), weak.Make(w.drawings.done[0].model)
		end(s, w)
		for range 3 {
			runtime.GC()
		}
		if trainer.Value() != nil || model.Value() != nil {
			t.Errorf("after %s a trainer is left: %v, a model: %v", what, trainer.Value() != nil, model.Value() != nil)
		}
		runtime.KeepAlive(s)
		runtime.KeepAlive(w)
	}
}

// TestMeasures: a model that knows its data is good by all measures, one that does not is bad by the distance, and
// the figures are the same each time.
func TestMeasures(t *testing.T) {
	for _, c := range []struct {
		data, class string
		measures    int
	}{{"8gaussians", "", 3}, {"8gaussians", "2", 1}, {"moons", "", 1}, {"digits", "", 2}, {"digits", "7", 2}} {
		_, w := newSession("one", Config{})
		r := Request{Do: "data", Name: c.data, Labels: "class"}
		w.carryOut(request{Request: r})
		m, err := smld.NewModel(w.chosen.data.Points, smld.ModelConfig{
			Hidden: []int{4}, Sigmas: []float32{3, 1, 0.1}, Data: w.chosen.data.Description, Encoding: w.chosen.data.Encoding,
			Conditions: w.chosen.data.Conditions,
		})
		if err != nil {
			t.Fatal(err)
		}
		rows := w.chosen.rows(c.class)
		result := &drawnResult{model: m, drawing: Drawing{Class: c.class, Seed: 3}, points: w.chosen.pick(rows[:min(len(rows), 300)])}
		good, again := w.measure(result), w.measure(result)
		if len(good) != c.measures {
			t.Errorf("%+v: %+v", c, good)
		}
		for i := range good {
			if good[i] != again[i] || good[i].Text == "" {
				t.Errorf("%+v, then %+v", good[i], again[i])
			}
			if byHeart := good[i].Name == "distance to the nearest training image"; good[i].Good == byHeart {
				t.Errorf("%+v: true points: %+v", c, good[i])
			}
		}
		for i := range result.points.Data {
			result.points.Data[i] = result.points.Data[i]*0.5 + 0.7
		}
		if bad := w.measure(result); bad[0].Good {
			t.Errorf("%+v: other points: %+v", c, bad[0])
		}
	}
}
