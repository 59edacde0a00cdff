package live

import (
	"errors"

	"github.com/seed964deb49/langevin/smld"
)

var (
	errNoData  = errors.New("there are no data yet: choose some first")
	errNoModel = errors.New("there is no model yet: train one, or drop one")
)

// choose reads data. Those that were there before, and what was trained on them, are forgotten when that went
// well.
func (w *worker) choose(r request) error {
	s, err := newSource(r, w.config.Choices, w.config.Limits)
	if err != nil {
		return err
	}
	d, err := w.readData(s)
	if err != nil {
		return err
	}
	w.freeTraining()
	w.chosen, w.training, w.model = d, nil, d.model
	w.drawings = drawings{number: w.drawings.number}
	w.out.post(d.event(w.config.Defaults.of(d)))
	w.tellState()
	if d.model != nil {
		w.drawings.demand()
	}
	return nil
}

// train begins a training in the place of one before.
func (w *worker) train(r request) error {
	switch {
	case w.chosen == nil:
		return errNoData
	case w.chosen.model != nil:
		return errors.New("there is a model to draw from, and no data to train on: choose data first")
	}
	var s Settings
	if r.Settings != nil {
		s = *r.Settings
	}
	t, told, err := w.newTraining(s)
	if err != nil {
		return err
	}
	w.training, w.model = t, nil
	w.drawings = drawings{number: w.drawings.number}
	w.out.post(told, nil)
	w.tellState()
	return nil
}

// pause pauses the training.
func (w *worker) pause(request) error {
	if w.phase() == running {
		w.training.phase = paused
		w.drawings.demand()
	}
	w.tellState()
	return nil
}

// resume goes on with a training that was paused.
func (w *worker) resume(request) error {
	if w.phase() == paused {
		w.training.phase = running
	}
	w.tellState()
	return nil
}

// reset forgets training and model.
func (w *worker) reset(request) error {
	w.training, w.model = nil, nil
	w.freeTraining()
	w.drawings = drawings{number: w.drawings.number}
	if w.chosen != nil {
		w.model = w.chosen.model
	}
	w.out.forget()
	w.tellState()
	if w.model != nil {
		w.drawings.demand()
	}
	return nil
}

// look changes what is drawn.
func (w *worker) look(r request) error {
	if r.Watch == nil {
		return errors.New("nothing to watch is named: send a watch")
	}
	watch, err := w.checkWatch(*r.Watch)
	if err != nil {
		return err
	}
	w.drawings.change(w.watch, watch)
	w.drawings.failed = [parts]string{}
	w.watch = watch
	return nil
}

// again draws the samples of the watch once more.
func (w *worker) again(request) error {
	if w.training == nil && w.model == nil {
		return errNoModel
	}
	w.drawings.demand()
	w.drawings.failed = [parts]string{}
	return nil
}

// current returns the model as it is now, and the step of the training. A training's is the average of its
// parameters.
func (w *worker) current() (*smld.Model, int) {
	if w.training == nil {
		return w.model, 0
	}
	done := w.training.trainer.Done()
	if w.model == nil || w.drawings.step != done {
		w.model, w.drawings.step = w.training.trainer.Averaged(), done
	}
	return w.model, done
}
