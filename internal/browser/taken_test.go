package browser

import (
	"fmt"
	"testing"
	"time"
)

// TestTaken: a tab that is duplicated takes the session over, the first says so and can take it back, and neither does
// anything unasked.
func TestTaken(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(20)
	p.wait(20*time.Second, finished)
	const taken = `document.documentElement.dataset.connection == "taken" && !document.querySelector("#banner").hidden`
	q := b.open(t, s.url, 320)
	q.wait(10*time.Second, isOpen)
	id := value[string](p, `sessionStorage.getItem("langevin-session")`)
	value[int](q, fmt.Sprintf(`(sessionStorage.setItem("langevin-session", %q), location.reload(), 0)`, id))
	p.wait(10*time.Second, taken)
	q.wait(10*time.Second, isOpen+" && "+finished)
	time.Sleep(time.Second)
	if !value[bool](p, taken) || !value[bool](q, isOpen) {
		t.Fatal("the first tab takes the session back unasked")
	}
	p.shot("taken")
	p.click("#banner-action")
	q.wait(10*time.Second, taken)
	p.wait(10*time.Second, isOpen+" && "+finished)
	time.Sleep(time.Second)
	if !value[bool](q, taken) || !value[bool](p, isOpen) {
		t.Fatal("the second tab takes the session back unasked")
	}
}
