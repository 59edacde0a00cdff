package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// shots is a folder for pictures of every state, or empty for none.
var shots = flag.String("shots", "", "write pictures of every state into this `folder`")

// chrome is a running browser.
type chrome struct{ ctx context.Context }

// chromium starts a browser.
func chromium(t *testing.T) *chrome {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no chromium: install it, on Debian the package of that name")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1280, 900))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return &chrome{ctx}
}

// tab is a tab of the browser.
type tab struct {
	*testing.T
	ctx       context.Context
	close     context.CancelFunc
	downloads string // the folder that downloads go to
	name      string // of the pictures
}

// open opens a page in a new tab of a width in pixels.
func (c *chrome) open(t *testing.T, url string, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(c.ctx)
	t.Cleanup(cancel)
	p := &tab{T: t, ctx: ctx, close: cancel, downloads: t.TempDir(), name: fmt.Sprintf("%d", width)}
	// The tab belongs to the context that opens it: one with a time limit would close it.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.EmulateViewport(width, 900))
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: p.downloads,
		})
		return err
	}))
	p.do(chromedp.Navigate(url))
	return p
}

// do carries out an action.
func (p *tab) do(a chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, a); err != nil {
		p.Fatal(err)
	}
}

// click clicks on what a selector of CSS finds.
func (p *tab) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// drop drops a file on what a selector of CSS finds, as from another program.
func (p *tab) drop(selector, path string) {
	p.Helper()
	p.do(chromedp.ScrollIntoView(chromedp.CSS(selector)))
	box := p.still(selector)
	const copying = 1
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: []string{path}, DragOperationsMask: copying}
	for _, event := range []input.DispatchDragEventType{
		input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop,
	} {
		p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchDragEvent, input.DispatchDragEventParams{
				Type: event, X: box[0] + box[2]/2, Y: box[1] + box[3]/2, Data: data,
			})
			return err
		}))
	}
}

// still waits until what a selector of CSS finds no longer moves, and returns its left, top, width and height.
func (p *tab) still(selector string) []float64 {
	p.Helper()
	var last []float64
	for range 50 {
		box := value[[]float64](p, fmt.Sprintf(`(b => [b.left, b.top, b.width, b.height])(
			document.querySelector(%q).getBoundingClientRect())`, selector))
		if slices.Equal(box, last) {
			return box
		}
		last = box
		time.Sleep(100 * time.Millisecond)
	}
	p.Fatalf("%s moves on", selector)
	return nil
}

// value returns the value of an expression.
func value[T any](p *tab, expression string) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return v
}

// wait waits until an expression is true.
func (p *tab) wait(limit time.Duration, expression string) {
	p.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(50 * time.Millisecond) {
		if value[bool](p, "!!("+expression+")") {
			return
		}
		if time.Now().After(end) {
			p.shot("failed")
			p.Fatalf("after %v this does not hold: %s", limit, expression)
		}
	}
}

// set gives an input a value, as somebody does who types it and goes on.
func (p *tab) set(selector, v string) {
	p.Helper()
	if !value[bool](p, fmt.Sprintf(`(() => {
		const e = document.querySelector(%q)
		if (!e) return false
		e.value = %q
		e.dispatchEvent(new Event("input", {bubbles: true}))
		e.dispatchEvent(new Event("change", {bubbles: true}))
		return e.value == %q
	})()`, selector, v, v)) {
		p.Fatalf("%s does not take %q", selector, v)
	}
}

// download waits for a file of that name, and returns its bytes.
func (p *tab) download(name string) []byte {
	p.Helper()
	path := filepath.Join(p.downloads, name)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if b, err := os.ReadFile(path); err == nil && len(b) > 0 {
			return b
		}
	}
	p.Fatalf("%s is not downloaded", name)
	return nil
}

// shot writes a picture of the whole page.
func (p *tab) shot(state string) {
	p.Helper()
	if *shots == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.Error(err)
		return
	}
	path := filepath.Join(*shots, p.Name()+"-"+state+"-"+p.name+".png")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.Error(err)
		return
	}
	if err := os.WriteFile(path, picture, 0o666); err != nil {
		p.Error(err)
	}
}
