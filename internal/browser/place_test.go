package browser

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// call calls a method of the browser on the tab.
func call[P any](p *tab, method cdp.Command[P, cdp.Empty], params P) {
	p.Helper()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, method, params)
		return err
	}))
}

// prefer sets what a visitor prefers, such as prefers-reduced-motion.
func (p *tab) prefer(name, v string) {
	p.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: name, Value: v}},
	})
}

// openLike opens the page as a visitor would to whom something applies.
func (s *server) openLike(t *testing.T, b *chrome, width int64, applies func(p *tab)) *tab {
	t.Helper()
	p := b.open(t, "about:blank", width)
	applies(p)
	p.do(chromedp.Navigate(s.url))
	p.wait(10*time.Second, isOpen+" && "+hasData)
	return p
}

// cutOff lists what reaches beyond the window's right edge, or has text that does not fit.
const cutOff = `[...document.querySelectorAll("main *, header *")].filter(e => e.checkVisibility()
	&& (e.getBoundingClientRect().right > innerWidth + 1
		|| e.matches("button, select, output, dd, dt, label, h2") && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
			&& getComputedStyle(e).overflowX != "visible"))
	.map(e => e.id || e.className || e.tagName).slice(0, 9)`

// TestZoom: with all twice as large, as in a window of half the size, nothing is cut off.
func TestZoom(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	for _, size := range [][2]int64{{640, 450}, {320, 450}} {
		p := s.openLike(t, b, size[0], func(p *tab) {
			p.do(chromedp.EmulateViewport(size[0], size[1], chromedp.EmulateScale(2)))
		})
		p.train(300)
		p.wait(30*time.Second, finished)
		p.shot("zoomed")
		if overflow := value[int](p, `document.documentElement.scrollWidth - innerWidth`); overflow > 0 {
			t.Errorf("at %v the page is %d pixels too wide", size, overflow)
		}
		if cut := value[[]string](p, cutOff); len(cut) > 0 {
			t.Errorf("at %v these are cut off: %v", size, cut)
		}
	}
}

// TestResized: a window that becomes narrow and wide again while particles move shows the same as before.
func TestResized(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(300)
	p.wait(30*time.Second, finished)
	size := `(r => [r.width, r.height])(document.querySelector("#drawing-a canvas").getBoundingClientRect())`
	before := value[[]float64](p, size)
	for _, width := range []int64{390, 800, 1280} {
		p.do(chromedp.EmulateViewport(width, 900))
		p.wait(5*time.Second, fmt.Sprintf(`innerWidth == %d`, width))
		time.Sleep(500 * time.Millisecond)
		if overflow := value[int](p, `document.documentElement.scrollWidth - innerWidth`); overflow > 0 {
			t.Errorf("at %d pixels the page is %d too wide", width, overflow)
		}
	}
	if after := value[[]float64](p, size); !slices.Equal(before, after) {
		t.Errorf("the drawing has %v pixels, and had %v", after, before)
	}
}

// watchPlaces has the page collect where particles are on their way.
func (p *tab) watchPlaces() {
	p.Helper()
	value[bool](p, `window.places = new Set()
		setInterval(() => places.add(document.querySelector("#scrub").value), 20)
		true`)
}

// TestReducedMotion: nothing moves by itself where a visitor does not want it, and samples are shown all the same.
func TestReducedMotion(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.openLike(t, b, 1280, func(p *tab) { p.prefer("prefers-reduced-motion", "reduce") })
	p.watchPlaces()
	p.train(3000)
	p.wait(30*time.Second, finished)
	p.wait(5*time.Second, `/after step 3,000/.test(document.querySelector("#drawing-a").textContent)`)
	if places := value[[]string](p, `[...places]`); !slices.Equal(places, []string{"1000"}) {
		t.Errorf("particles moved by themselves: they were at %v", places)
	}
	p.shot("still")
	p.do(chromedp.KeyEvent("p"))
	p.wait(5*time.Second, `places.size > 20`)
}

// TestColours: the page follows the system's colours, in the middle too.
func TestColours(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.openLike(t, b, 1280, func(p *tab) { p.prefer("prefers-color-scheme", "dark") })
	paper := `getComputedStyle(document.body).backgroundColor`
	dark := value[string](p, paper)
	p.train(2000)
	p.wait(20*time.Second, `langevin.lastDrawn.a`)
	p.shot("dark")
	p.prefer("prefers-color-scheme", "light")
	p.wait(5*time.Second, fmt.Sprintf(`%s != %q`, paper, dark))
	p.wait(30*time.Second, finished)
	p.shot("light")
}

// tabTo moves the focus on by the tabulator until it is on an element.
func (p *tab) tabTo(id string) {
	p.Helper()
	for range 150 {
		if value[string](p, `document.activeElement.id`) == id {
			return
		}
		p.do(chromedp.KeyEvent(kb.Tab))
	}
	p.Fatalf("the tabulator does not reach #%s", id)
}

// TestKeyboard: set, training, sampler and downloads need no pointer.
func TestKeyboard(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.tabTo("data-moons")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.wait(5*time.Second, `langevin.state.data.name == "moons"`)
	p.tabTo("steps")
	p.do(chromedp.KeyEvent("200"))
	p.do(chromedp.KeyEvent(kb.Enter)) // begins
	p.wait(30*time.Second, finished)
	p.tabTo("sampler-a")
	was := value[string](p, `document.querySelector("#sampler-a").value`)
	p.do(chromedp.KeyEvent(kb.ArrowDown))
	p.wait(20*time.Second, fmt.Sprintf(`document.querySelector("#sampler-a").value != %q`, was))
	p.wait(20*time.Second, finished)
	for _, c := range []struct{ id, file string }{
		{"get-model-safetensors", "model.safetensors"}, {"get-samples-a-csv", "samples.csv"},
	} {
		p.tabTo(c.id)
		p.do(chromedp.KeyEvent(kb.Enter))
		if got := p.download(c.file); len(got) < 1000 {
			t.Errorf("%s has %d bytes", c.file, len(got))
		}
	}
}

// window makes the browser's window small or large.
func (p *tab) window(state browser.WindowState) {
	p.Helper()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		w, err := cdp.Call(ctx, t, browser.GetWindowForTarget, browser.GetWindowForTargetParams{})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, browser.SetWindowBounds, browser.SetWindowBoundsParams{
			WindowID: w.WindowID, Bounds: &browser.Bounds{WindowState: state},
		})
		return err
	}))
}

// TestHidden: a page that was not seen for a while goes on as it was when it is seen again: all losses are there, and the
// newest samples, and particles move.
func TestHidden(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.train(200_000)
	p.wait(20*time.Second, `langevin.lastDrawn.a`)
	before := value[int](p, `langevin.state.progress.step`)
	p.window(browser.WindowStateMinimized)
	p.wait(5*time.Second, `document.hidden`)
	time.Sleep(10 * time.Second)
	p.window(browser.WindowStateNormal)
	p.wait(5*time.Second, fmt.Sprintf(`!document.hidden && langevin.state.progress.step > %d`, before+1000))
	p.wait(5*time.Second, `langevin.losses.step[0] < 100 && langevin.losses.step.at(-1) > langevin.state.progress.step - 3000`)
	p.watchPlaces()
	p.wait(20*time.Second, `places.size > 20`)
}

// TestFewCores: where there are few cores, particles move half as often and rest longer during a training, and as ever
// afterwards. Where there are many, they do at first.
func TestFewCores(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	rests := map[int64]float64{}
	for _, cores := range []int64{2, 16} {
		p := s.openLike(t, b, 1280, func(p *tab) {
			call(p, emulation.SetHardwareConcurrencyOverride, emulation.SetHardwareConcurrencyOverrideParams{HardwareConcurrency: cores})
		})
		value[bool](p, `window.rests = []; {
			let since = 0
			setInterval(() => {
				const still = document.querySelector("#scrub").value == 1000
				if (still && !since) since = performance.now()
				if (!still && since) { rests.push(performance.now() - since); since = 0 }
			}, 20) } true`)
		p.train(200_000)
		p.wait(60*time.Second, `rests.length == 2`) // the first is that before the first drawing
		rests[cores] = value[float64](p, `rests[1]`)
		p.click("#reset")
		p.close()
	}
	t.Logf("rests of %.0f ms with 2 cores, %.0f with 16", rests[2], rests[16])
	if rests[2] < 6000 || rests[16] > 3000 {
		t.Errorf("rests of %.0f ms with 2 cores, %.0f with 16", rests[2], rests[16])
	}
}
