package browser

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var (
	picture = flag.String("picture", "", "draw the page for the docs into this `file`")
)

// hide takes from the page what depends on the machine and on the time.
const hide = `for (const e of document.querySelectorAll("#machine, #speed, #left, [id^=cost-]")) e.style.visibility = "hidden"`

// TestPicture draws the page after a short training, as the docs show it. The page is loaded anew before, so that it
// has what the session tells a new page, and not what came when.
func TestPicture(t *testing.T) {
	if *picture == "" {
		t.Skip("-picture draws the page for the docs")
	}
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.click("#data-8gaussians")
	p.train(3000)
	p.wait(time.Minute, finished)
	p.click("#layer-field")
	p.wait(5*time.Second, `langevin.state.field`)
	p.do(chromedp.Reload())
	p.wait(10*time.Second, isOpen+" && "+finished+" && langevin.state.heldout && langevin.state.field")
	if value[string](p, `document.querySelector("#layer-field").ariaPressed`) != "true" {
		p.click("#layer-field")
	}
	p.wait(10*time.Second, `document.querySelector("#player:not(.waiting)")`)
	p.click("#play") // and at the end of the way
	p.set("#scrub", "1000")
	value[any](p, hide)
	p.do(chromedp.EmulateViewport(1280, value[int64](p, `document.documentElement.scrollHeight`)))
	time.Sleep(2 * time.Second) // until charts and canvas have taken the size
	shot, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(*picture, shot, 0o666); err != nil {
		t.Fatal(err)
	}
}
