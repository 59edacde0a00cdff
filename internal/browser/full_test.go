package browser

import (
	"testing"
	"time"
)

// TestFull: a page that is one too many shows what the server says, asks no more by itself, and comes in when it is
// told to try again and there is a place.
func TestFull(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0", "--sessions", "1", "--grace", "0s"), chromium(t)
	first := s.ready(t, b, 1280)
	p := b.open(t, s.url, 1280)
	const (
		refused = `document.documentElement.dataset.connection == "refused"`
		says    = `/^1 page is at work already; .*--sessions 2\.$/.test(document.querySelector("#banner:not([hidden]) p")?.textContent)`
	)
	p.wait(5*time.Second, refused+" && "+says)
	p.shot("refused")
	value[int](p, `(window.dialled = 0, WebSocket = class extends WebSocket { constructor(u) { super(u); dialled++ } }, 0)`)
	time.Sleep(1500 * time.Millisecond)
	if n := value[int](p, `dialled`); n != 0 {
		t.Errorf("the page asked %d times more by itself", n)
	}
	p.click("#banner-action")
	p.wait(5*time.Second, `dialled == 1 && `+refused+" && "+says)
	if got := value[string](p, `document.activeElement.id`); got != "banner-action" {
		t.Errorf("the focus is on %q after another refusal", got)
	}
	first.close()
	time.Sleep(300 * time.Millisecond)
	p.click("#banner-action")
	p.wait(10*time.Second, isOpen+" && "+hasData+` && document.querySelector("#banner").hidden`)
	p.train(50)
	p.wait(30*time.Second, finished)
}
