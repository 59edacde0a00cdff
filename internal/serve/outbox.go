package serve

import "sync"

// outbox has the messages that are on their way to a client. Putting one in never waits.
type outbox struct {
	limit int
	ready chan struct{} // has a value where there is something new to look at

	mutex    sync.Mutex
	messages [][]byte
	size     int // of messages, and of those taken out and not yet written
	last     *farewell
}

// farewell is what a connection is closed with, after the messages before it.
type farewell struct {
	code   statusCode
	reason string
}

func newOutbox(limit int) *outbox { return &outbox{limit: limit, ready: make(chan struct{}, 1)} }

// put takes a message, or returns false where the outbox is full or ends. One that is empty takes a message of
// any size, since a model may be larger than what else may wait.
func (o *outbox) put(message []byte) bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.last != nil || o.size > 0 && o.size+len(message) > o.limit {
		return false
	}
	o.messages = append(o.messages, message)
	o.size += len(message)
	o.wake()
	return true
}

// end is the last thing that goes into an outbox; what comes after it is nothing.
func (o *outbox) end(code statusCode, reason string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.last == nil {
		o.last = &farewell{code, reason}
		o.wake()
	}
}

func (o *outbox) wake() {
	select {
	case o.ready <- struct{}{}:
	default:
	}
}

// take returns the next message, or the farewell behind the last one, or neither.
func (o *outbox) take() ([]byte, *farewell) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if len(o.messages) == 0 {
		return nil, o.last
	}
	message := o.messages[0]
	o.messages[0] = nil // so that it is free when it is written
	o.messages = o.messages[1:]
	return message, nil
}

// written makes room for as many bytes.
func (o *outbox) written(n int) {
	o.mutex.Lock()
	o.size -= n
	o.mutex.Unlock()
}
