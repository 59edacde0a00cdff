package bench

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

// small are networks and batches of a place without assembly, such as a browser.
var small = []network{
	{hidden: 64, layers: 2, batch: 128},
	{hidden: 64, layers: 2, batch: 512},
	{hidden: 128, layers: 3, batch: 128},
	{hidden: 128, layers: 3, batch: 512},
}

// plan returns the chosen plan for eight Gaussians, but with this network and batch.
func (n network) plan() (*smld.Data, smld.Plan, error) {
	set, err := dataset.Load("8gaussians", 1, dataset.Options{})
	if err != nil {
		return nil, smld.Plan{}, err
	}
	data, err := smld.NewData(set, smld.DataConfig{Seed: 1})
	if err != nil {
		return nil, smld.Plan{}, err
	}
	plan := smld.Choose(data, 1)
	plan.Model.Hidden = nil
	for range n.layers {
		plan.Model.Hidden = append(plan.Model.Hidden, n.hidden)
	}
	plan.Train.Batch = n.batch
	plan.Model.Sigmas, err = smld.Geometric(plan.SigmaMax, plan.SigmaMin, 100)
	return data, plan, err
}

// BenchmarkPlanTrain measures steps of training on eight Gaussians as smld.Choose has it, but for the size.
func BenchmarkPlanTrain(b *testing.B) {
	for _, n := range small {
		b.Run(fmt.Sprintf("h=%d/l=%d/b=%d", n.hidden, n.layers, n.batch), func(b *testing.B) {
			data, plan, err := n.plan()
			if err != nil {
				b.Fatal(err)
			}
			model, err := smld.NewModel(data.Points, plan.Model)
			if err != nil {
				b.Fatal(err)
			}
			trainer, err := smld.NewTrainer(model, data.Source, plan.Train)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				trainer.Step()
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
		})
	}
}

// BenchmarkPlanSample measures evaluations of the score while 500 points are drawn from a model that was
// trained for a little while.
func BenchmarkPlanSample(b *testing.B) {
	for _, n := range []network{{hidden: 64, layers: 2, batch: 128}, {hidden: 128, layers: 3, batch: 128}} {
		b.Run(fmt.Sprintf("h=%d/l=%d", n.hidden, n.layers), func(b *testing.B) {
			ctx := context.Background()
			data, plan, err := n.plan()
			if err != nil {
				b.Fatal(err)
			}
			plan.Train.Steps = 50
			plan.Train.WarmUp = 5
			model, err := plan.Fit(ctx, data, nil)
			if err != nil {
				b.Fatal(err)
			}
			levels := smld.Range{Max: plan.SigmaMax, Min: plan.SigmaMin}
			sampler, err := smld.NewSampler("dpm2m-sde", levels, nil)
			if err != nil {
				b.Fatal(err)
			}
			evaluations := 0.0
			for b.Loop() {
				_, each, err := model.Draw(ctx, sampler, 500, smld.Numbers{Seed: 1}, nil)
				if err != nil {
					b.Fatal(err)
				}
				evaluations += each
			}
			b.ReportMetric(b.Elapsed().Seconds()/evaluations*1e6, "us/evaluation")
		})
	}
}
