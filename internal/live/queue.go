package live

import (
	"errors"
	"sync"
)

// queue has the requests that wait.
type queue struct {
	wake chan struct{} // has an element where there may be requests

	mutex     sync.Mutex
	list      []request
	bytes     int64  // of their bodies
	most      int64  // bytes of a message
	interrupt func() // ends the drawing at hand; nil where there is none
	closed    bool
}

// mostWaiting is how many requests can wait.
const mostWaiting = 64

func newQueue(most int64) *queue { return &queue{wake: make(chan struct{}, 1), most: most} }

// put adds a request. One to watch takes the place of one before that is still the last.
func (q *queue) put(r request) error {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	last := len(q.list) - 1
	switch {
	case q.closed:
		return errEnded
	case r.Do == "watch" && last >= 0 && q.list[last].Do == "watch":
		q.bytes += int64(len(r.body) - len(q.list[last].body))
		q.list[last] = r
		return nil
	case len(q.list) == mostWaiting:
		return errors.New("there are more requests than can wait: send fewer")
	case len(q.list) > 0 && q.bytes+int64(len(r.body)) > q.most:
		return errors.New("there are more files than can wait: send the next when those before are answered")
	}
	q.list = append(q.list, r)
	q.bytes += int64(len(r.body))
	if q.interrupt != nil && r.interrupts() {
		q.interrupt()
	}
	select {
	case q.wake <- struct{}{}:
	default:
	}
	return nil
}

// take returns the request that has waited longest.
func (q *queue) take() (r request, ok bool) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if len(q.list) == 0 {
		return r, false
	}
	r = q.list[0]
	q.list[0] = request{}
	q.list = q.list[1:]
	q.bytes -= int64(len(r.body))
	return r, true
}

// during has interrupt called when a request makes the drawing at hand useless, and at once if one does
// already. Nil ends that.
func (q *queue) during(interrupt func()) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.interrupt = interrupt
	if interrupt == nil {
		return
	}
	for i := range q.list {
		if q.list[i].interrupts() {
			interrupt()
			return
		}
	}
}

// close has the queue take no more.
func (q *queue) close() {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.closed, q.list = true, nil
}
