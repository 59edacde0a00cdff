package browser

import (
	"flag"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestReload: a page that is loaded anew in the middle goes on with its training.
func TestReload(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(20_000)
	p.wait(20*time.Second, `document.documentElement.dataset.step > 200`)
	session := value[string](p, `langevin.state.hello.session`)
	step := value[int](p, `langevin.state.progress.step`)
	p.do(chromedp.Reload())
	p.wait(10*time.Second, isOpen+" && "+trains)
	if got := value[string](p, `langevin.state.hello.session`); got != session {
		t.Errorf("the page has session %s after it was loaded anew, and had %s", got, session)
	}
	p.wait(10*time.Second, fmt.Sprintf(`langevin.state.progress.step > %d && langevin.losses.step[0] < 100`, step))
	p.wait(20*time.Second, `langevin.lastDrawn.a`)
	p.click("#pause")
	p.wait(5*time.Second, `document.documentElement.dataset.phase == "paused"`)
	p.shot("paused")
	step = value[int](p, `langevin.state.progress.step`)
	time.Sleep(300 * time.Millisecond)
	if now := value[int](p, `langevin.state.progress.step`); now != step {
		t.Errorf("a paused training goes from step %d to %d", step, now)
	}
	p.click("#go")
	p.wait(5*time.Second, fmt.Sprintf(`langevin.state.progress.step > %d`, step))
	p.click("#reset")
	p.wait(5*time.Second, `document.documentElement.dataset.phase == "idle"`)
}

// TestTwoTabs: two tabs train at once, and each draws the samples that it would alone.
func TestTwoTabs(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	tabs := []*tab{s.ready(t, b, 1280), s.ready(t, b, 1280)}
	for _, p := range tabs {
		p.train(500)
	}
	var digests []string
	for _, p := range tabs {
		p.wait(60*time.Second, finished)
		digests = append(digests, value[string](p, `langevin.lastDrawn.a.digest`))
	}
	if digests[0] != digests[1] {
		t.Errorf("two tabs draw %v", digests)
	}
	if a, b := value[string](tabs[0], `langevin.state.hello.session`), value[string](tabs[1], `langevin.state.hello.session`); a == b {
		t.Error("two tabs have one session")
	}
}

// TestServerGone: when the server is killed, the page says so and keeps what it shows. When one is there again, the
// page says that the run is gone, and begins anew when it is told to.
func TestServerGone(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(20_000)
	p.wait(20*time.Second, `langevin.lastDrawn.a`)
	s.kill()
	p.wait(5*time.Second, `document.documentElement.dataset.connection == "lost"`)
	banner := `document.querySelector("#banner:not([hidden])")?.textContent`
	p.wait(time.Second, `/lost/.test(`+banner+`)`)
	p.shot("lost")
	if !value[bool](p, `langevin.lastDrawn.a != null`) {
		t.Error("what was drawn is gone")
	}
	serve(t, s.address)
	p.wait(20*time.Second, `document.documentElement.dataset.connection == "gone"`)
	p.wait(time.Second, `/gone/.test(`+banner+`)`)
	p.shot("gone")
	p.click("#banner-action")
	p.wait(5*time.Second, isOpen+` && `+hasData+` && document.querySelector("#banner").hidden`)
	p.train(100)
	p.wait(30*time.Second, finished)
}

// TestSilence: where a training goes on and nothing comes of it, the page says so, until something comes.
func TestSilence(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(1_000_000)
	p.wait(20*time.Second, `document.documentElement.dataset.step > 100`)
	const says = `/Nothing has come/.test(document.querySelector("#banner:not([hidden])")?.textContent)`
	if value[bool](p, says) {
		t.Error("the page says that nothing comes of a training that does")
	}
	if err := s.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p.wait(15*time.Second, says)
	p.shot("silent")
	step := value[int](p, `langevin.state.progress.step`)
	if err := s.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	p.wait(10*time.Second, fmt.Sprintf(`!(%s) && langevin.state.progress.step > %d`, says, step))
}

// strict holds times to what is wanted of a machine that has nothing else to do.
var strict = flag.Bool("strict", false, "hold start and frames to what an idle machine reaches")

// TestStart: the page can be used within a second of the command's start.
func TestStart(t *testing.T) {
	b := chromium(t)
	best := time.Hour
	for range 5 {
		begun := time.Now()
		s := serve(t, "127.0.0.1:0")
		p := s.ready(t, b, 1280)
		best = min(best, time.Since(begun))
		p.close()
		s.kill()
	}
	t.Logf("the page can be used %v after the start", best)
	limit := 5 * time.Second
	if *strict {
		limit = time.Second
	}
	if best > limit {
		t.Errorf("the page can be used %v after the start, want %v", best, limit)
	}
}

// TestFrames: with 2,000 particles the page draws as often as the screen shows.
func TestFrames(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(300)
	p.wait(30*time.Second, finished+` && langevin.lastDrawn.a.rows == 2000`)
	fastest := 0.0
	for range 8 {
		time.Sleep(time.Second)
		fastest = max(fastest, value[float64](p, `langevin.fps`))
	}
	t.Logf("%.1f frames a second", fastest)
	least := 15.0
	if *strict {
		least = 58
	}
	if fastest < least {
		t.Errorf("%.1f frames a second, want %v", fastest, least)
	}
}
