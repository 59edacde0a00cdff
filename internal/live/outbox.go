package live

import "sync"

// outbox takes events to the listener. It keeps those that the listener cannot take yet, and the last ones for
// a listener that comes.
type outbox struct {
	mutex   sync.Mutex
	hello   Hello
	send    func(message []byte) bool // nil without a listener
	number  int                       // of listeners so far
	waiting []*event
	told    told
}

// event is an event on its way.
type event struct {
	key     string // events with a key take the place of one before that still waits
	header  any
	body    []byte
	message []byte // when it is made
}

// crowd is how many events may wait before no more requests are taken.
const crowd = 32

// attach makes send the listener and returns its number.
func (o *outbox) attach(send func(message []byte) bool) int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.send != nil {
		if message, err := Encode(Taken{Event: "taken"}, nil); err == nil {
			o.send(message)
		}
	}
	hello := o.hello
	hello.Resumed = o.number > 0
	o.send, o.waiting = send, []*event{{header: hello}}
	o.number++
	o.waiting = append(o.waiting, o.told.events()...)
	o.flush()
	for _, d := range o.told.drawn {
		for _, frame := range d.frames {
			o.pass(frame)
		}
		if d.end != nil {
			o.add(d.end)
		}
	}
	return o.number
}

// detach takes a listener away.
func (o *outbox) detach(number int) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.number == number {
		o.send, o.waiting = nil, nil
	}
}

// close forgets all.
func (o *outbox) close() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.send, o.waiting, o.told = nil, nil, told{}
}

// post takes an event to the listener.
func (o *outbox) post(header any, body []byte) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	e := &event{key: keyOf(header), header: header, body: body}
	o.told.note(e)
	if o.send == nil {
		return
	}
	if _, ok := header.(Frame); ok {
		o.pass(e)
		return
	}
	o.add(e)
}

// losses takes rows of losses to the listener. Those that wait are sent with them.
func (o *outbox) losses(rows []float32) {
	if len(rows) == 0 {
		return
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.told.curve.add(rows)
	if o.send == nil {
		return
	}
	e := lossEvent(rows, false)
	if w := o.remove(e.key); w != nil {
		reset := w.header.(Losses).Reset
		if len(w.body)+len(e.body) > mostLosses*lossColumns*4 {
			e = lossEvent(o.told.curve.all(), true)
		} else {
			e.body = append(w.body, e.body...)
			e.header = Losses{Event: "losses", Rows: len(e.body) / (4 * lossColumns), Reset: reset}
		}
	}
	o.add(e)
}

// forget forgets what was told of a training.
func (o *outbox) forget() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.told = told{data: o.told.data}
}

// add sends an event when those before it are sent.
func (o *outbox) add(e *event) {
	if e.key != "" {
		o.remove(e.key)
	}
	o.waiting = append(o.waiting, e)
	o.flush()
}

// remove takes away the event of a key that waits, and returns it.
func (o *outbox) remove(key string) *event {
	for i, w := range o.waiting {
		if w.key == key {
			o.waiting = append(o.waiting[:i:i], o.waiting[i+1:]...)
			return w
		}
	}
	return nil
}

// pass sends an event that may be left out.
func (o *outbox) pass(e *event) {
	if o.flush(); len(o.waiting) == 0 && e.make() == nil {
		o.send(e.message)
		e.message = nil
	}
}

// flush sends what waits, as far as the listener takes it.
func (o *outbox) flush() {
	for o.send != nil && len(o.waiting) > 0 {
		e := o.waiting[0]
		if e.make() == nil && !o.send(e.message) {
			return
		}
		e.message = nil
		o.waiting[0] = nil
		o.waiting = o.waiting[1:]
	}
}

// make makes the message. That of a file takes the place of the body, which may be large.
func (e *event) make() (err error) {
	if e.message == nil {
		e.message, err = Encode(e.header, e.body)
		if _, ok := e.header.(File); ok {
			e.body = nil
		}
	}
	return err
}

// size returns how many bytes wait.
func (o *outbox) size() (bytes int) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	for _, e := range o.waiting {
		bytes += max(len(e.body), len(e.message))
	}
	return bytes
}

// retry sends what waits, and returns how many events go on waiting.
func (o *outbox) retry() int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.flush()
	return len(o.waiting)
}
