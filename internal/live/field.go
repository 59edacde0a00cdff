package live

import "github.com/seed964deb49/langevin/smld"

type scene struct{}
type truths struct{}

func (w *worker) drawField(m *smld.Model, step int) error { return nil }
func (w *worker) measure(r *drawnResult) []Measure        { return []Measure{} }
