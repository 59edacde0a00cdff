package smld_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

// moons returns points of the plane and settings for a quick look.
func moons() (*smld.Data, smld.Plan) {
	set, err := dataset.Load("moons", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	data, err := smld.NewData(set, smld.DataConfig{Seed: 1})
	if err != nil {
		panic(err)
	}
	plan := smld.Choose(data, 1)
	plan.Train.Steps, plan.Train.WarmUp, plan.Train.Batch = 200, 20, 64
	plan.Model.Hidden = []int{32, 32}
	return data, plan
}

// A training that stops after any step goes on to the model of one that did not.
func ExampleTrainer_SaveCheckpoint() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "checkpoint.safetensors")

	data, plan := moons()
	plan.Model.Sigmas, err = smld.Geometric(plan.SigmaMax, plan.SigmaMin, 100)
	if err != nil {
		panic(err)
	}
	begin := func() *smld.Trainer {
		model, err := smld.NewModel(data.Points, plan.Model)
		if err != nil {
			panic(err)
		}
		trainer, err := smld.NewTrainer(model, data.Source, plan.Train)
		if err != nil {
			panic(err)
		}
		return trainer
	}
	train := func(trainer *smld.Trainer, steps int) {
		for trainer.Done() < steps {
			if err := trainer.CheckLoss(trainer.Step()); err != nil {
				panic(err)
			}
		}
	}

	stopped := begin()
	train(stopped, 60)
	if err := stopped.SaveCheckpoint(path); err != nil {
		panic(err)
	}
	resumed := begin()
	if err := resumed.LoadCheckpoint(path); err != nil {
		panic(err)
	}
	train(resumed, plan.Train.Steps)

	whole := begin()
	train(whole, plan.Train.Steps)
	fmt.Println(slices.Equal(resumed.Averaged().Net.Block, whole.Averaged().Net.Block))
	// Output: true
}

// When the context ends, a call returns its cause.
func ExampleTrain() {
	errTime := errors.New("out of time")
	data, plan := moons()
	plan.Train.Steps = 1_000_000_000
	ctx, cancel := context.WithTimeoutCause(context.Background(), 50*time.Millisecond, errTime)
	defer cancel()
	_, err := plan.Fit(ctx, data, nil)
	fmt.Println(errors.Is(err, errTime))
	// Output: true
}

// A watcher sees how far a call is, and ends it by an error.
func ExampleWatch() {
	errEnough := errors.New("enough")
	data, plan := moons()
	_, err := plan.Fit(context.Background(), data, func(p smld.Progress) error {
		if p.Done == 100 {
			fmt.Printf("step %d of %d\n", p.Done, p.Total)
			return errEnough
		}
		return nil
	})
	fmt.Println(errors.Is(err, errEnough))
	// Output:
	// step 100 of 200
	// true
}

// A training that has diverged may be begun anew with a smaller rate.
func ExampleDivergedError() {
	ctx := context.Background()
	data, plan := moons()
	plan.Train.LearningRate = 1e20
	model, err := plan.Fit(ctx, data, nil)
	var diverged *smld.DivergedError
	if errors.As(err, &diverged) {
		plan.Train.LearningRate = 1e-3
		model, err = plan.Fit(ctx, data, nil)
	}
	fmt.Println(model != nil, err)
	// Output: true <nil>
}

// A file that does not exist is told from one that is broken.
func ExampleLoadModel() {
	_, err := smld.LoadModel("missing.safetensors")
	fmt.Println(errors.Is(err, fs.ErrNotExist))
	_, err = dataset.Load("missing.csv", 1, dataset.Options{})
	fmt.Println(errors.Is(err, fs.ErrNotExist))
	// Output:
	// true
	// true
}
