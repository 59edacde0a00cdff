package live

import (
	"fmt"
	"math"
	"reflect"
	"time"
)

// checkWatch returns a watch as it is carried out, or an error for one that cannot be by any model. What depends
// on the model is an error of its drawing.
func (w *worker) checkWatch(watch Watch) (Watch, error) {
	for of, d := range map[string]*Drawing{"a": watch.A, "b": watch.B} {
		if d == nil {
			continue
		}
		if err := d.check(w.config.Limits); err != nil {
			return watch, fmt.Errorf("drawing %s: %w", of, err)
		}
	}
	if s := watch.Sigma; math.IsNaN(s) || math.IsInf(s, 0) || s < 0 {
		return watch, fmt.Errorf("a noise level of %v: want a number above zero, or 0 for one in the middle", s)
	}
	return watch, nil
}

// drawings says when what is drawing, and of what.
type drawings struct {
	number int // of drawings so far
	step   int // of the training, of the worker's model
	want   [parts]bool
	failed [parts]string   // the last error of each part, which is told once
	spent  time.Duration   // on held-out losses since the last drawing
	next   int64           // when the next of a running training may begin, in nanoseconds
	done   [2]*drawnResult // the last of a and b
}

// Parts of what is drawn.
const (
	partA = iota
	partB
	partField
	parts
)

// demand has all drawn as soon as can be.
func (d *drawings) demand() { d.want = [parts]bool{true, true, true} }

// change has drawn what differs between two watches.
func (d *drawings) change(from, to Watch) {
	changed := func(a, b any) bool { return !reflect.DeepEqual(a, b) }
	d.want[partA] = d.want[partA] || changed(from.A, to.A)
	d.want[partB] = d.want[partB] || changed(from.B, to.B)
	d.want[partField] = d.want[partField] || from.Field != to.Field || from.Sigma != to.Sigma ||
		changed(class(from.A), class(to.A))
	if to.A == nil {
		d.done[0] = nil
	}
	if to.B == nil {
		d.done[1] = nil
	}
}

// class returns the class of a drawing, or nothing.
func class(d *Drawing) string {
	if d == nil {
		return ""
	}
	return d.Class
}
