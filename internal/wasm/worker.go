//go:build js && wasm

package main

import (
	"sync"
	"syscall/js"
	"time"

	"github.com/seed964deb49/langevin/internal/live"
)

// worker is the scope of a Web Worker, which has one thread: what computes must give it back for messages.
type worker struct {
	scope  js.Value
	turns  js.Value      // the port that messages to itself go out of
	turn   chan struct{} // has an element when such a message has come in
	turned time.Time     // when the last one did
}

// newWorker returns the worker that this program runs in.
func newWorker() *worker {
	w := &worker{scope: js.Global(), turn: make(chan struct{}, 1), turned: time.Now()}
	channel := w.scope.Get("MessageChannel").New()
	w.turns = channel.Get("port1")
	channel.Get("port2").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		w.turn <- struct{}{}
		return nil
	}))
	return w
}

// between lets messages in, but not more often than they need: a turn of the event loop takes time too. A timer
// would wait for milliseconds; a message to itself comes behind those that wait already.
func (w *worker) between() {
	const often = 25 * time.Millisecond
	if time.Since(w.turned) < often {
		return
	}
	w.turns.Call("postMessage", nil)
	<-w.turn
	w.turned = time.Now()
}

// serve connects a session with whoever began the worker, and never returns. The first message is hello.
func (w *worker) serve(s *live.Session) {
	attach := sync.OnceFunc(func() { s.Attach(w.send) })
	w.scope.Set("onmessage", js.FuncOf(func(_ js.Value, arguments []js.Value) any {
		message := bytesOf(arguments[0].Get("data"))
		attach()
		if err := s.Handle(message); err != nil {
			w.say("failed", err.Error())
		}
		return nil
	}))
	w.say("ready", true)
	select {}
}

// say tells whoever began the worker something beside the protocol.
func (w *worker) say(what string, value any) {
	w.scope.Call("postMessage", map[string]any{what: value})
}

// send hands a message over, which nothing is left of here. A page takes as many as there are.
func (w *worker) send(message []byte) bool {
	array := w.scope.Get("Uint8Array").New(len(message))
	js.CopyBytesToJS(array, message)
	buffer := array.Get("buffer")
	w.scope.Call("postMessage", buffer, []any{buffer})
	return true
}

// bytesOf returns a copy of an ArrayBuffer.
func bytesOf(buffer js.Value) []byte {
	array := js.Global().Get("Uint8Array").New(buffer)
	message := make([]byte, array.Length())
	js.CopyBytesToGo(message, array)
	return message
}
