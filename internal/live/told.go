package live

// told is the last of each kind of events, for a listener that comes.
type told struct {
	data, training, state, heldOut, field *event
	curve                                 lossCurve
	drawn                                 [2]toldDrawing // a and b
}

// toldDrawing is a drawing with its frames, if those are not too large to keep.
type toldDrawing struct {
	coming []*event // of a drawing that goes on
	size   int      // bytes of those
	frames []*event
	end    *event
}

// mostFrames is how many bytes the frames of a drawing may have to be kept.
const mostFrames = 16 << 20

// place is the place of the drawing "a" or "b".
func place(of string) int {
	if of == "b" {
		return 1
	}
	return 0
}

// keyOf returns the key of an event, or nothing for events of which all count.
func keyOf(header any) string {
	switch h := header.(type) {
	case State:
		return h.Event
	case HeldOut:
		return h.Event
	case Field:
		return h.Event
	case Losses:
		return h.Event
	case Drawn:
		return h.Event + h.Of
	}
	return ""
}

// note keeps an event, if it is of a kind that is kept. Data and a training make all before them obsolete.
func (t *told) note(e *event) {
	switch h := e.header.(type) {
	case Data:
		*t = told{data: e}
	case Training:
		*t = told{data: t.data, training: e}
	case State:
		t.state = e
	case HeldOut:
		t.heldOut = e
	case Field:
		t.field = e
	case Frame:
		d := &t.drawn[place(h.Of)]
		if h.Frame == 0 {
			d.coming, d.size = nil, 0
		}
		if d.size += len(e.body); d.size <= mostFrames {
			d.coming = append(d.coming, e)
		}
	case Drawn:
		d := &t.drawn[place(h.Of)]
		if d.size > mostFrames {
			d.coming = nil
		}
		*d = toldDrawing{frames: d.coming, end: e}
	}
}

// events returns what a listener is told, but for drawings.
func (t *told) events() []*event {
	var all []*event
	for _, e := range []*event{t.data, t.training, t.state} {
		if e != nil {
			all = append(all, e)
		}
	}
	if rows := t.curve.all(); len(rows) > 0 {
		all = append(all, lossEvent(rows, true))
	}
	for _, e := range []*event{t.heldOut, t.field} {
		if e != nil {
			all = append(all, e)
		}
	}
	return all
}
