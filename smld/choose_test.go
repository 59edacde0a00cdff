package smld

import (
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestChooseByKind: images have bounds, points without end have EDM's preconditioning, and rows have the
// linear one. The plan for each makes a model with a finite score.
func TestChooseByKind(t *testing.T) {
	for name, want := range map[string]Preconditioning{"digits": Bounded, "moons": EDM, "rows": Linear} {
		set := tableOf(normals(50, 0, 1), normals(50, 2, 3))
		if name != "rows" {
			set = must[*dataset.Set](t)(dataset.Load(name, 1, dataset.Options{}))
		}
		data := must[*Data](t)(NewData(set, DataConfig{Seed: 1}))
		plan := Choose(data, 1)
		if plan.Model.Preconditioning != want {
			t.Errorf("%s: %s, want %s", name, plan.Model.Preconditioning, want)
		}
		plan.Train.Steps, plan.Train.WarmUp, plan.Model.Hidden = 3, 1, []int{8}
		model := must[*Model](t)(plan.Fit(t.Context(), data, nil))
		x, score := kernels.NewMatrix(20, model.Dim()), kernels.NewMatrix(20, model.Dim())
		model.Prior(x, 2*float32(plan.SigmaMax), Numbers{Seed: 1})
		model.Score().At(score, x, float32(plan.SigmaMin))
		if err := checkFinite(score, 0); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
