package browser

import "testing"

func TestSmoke(t *testing.T) {
	b := chromium(t)
	p := open(t, b, "data:text/html,<title>hi</title><input id=a>", 390)
	p.set("#a", "x")
	p.wait(1e9, "document.title == 'hi' && innerWidth == 390")
}
