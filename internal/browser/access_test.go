package browser

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestAccess: a screen reader has a name for all that can be operated, and the keyboard reaches it.
func TestAccess(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.do(chromedp.KeyEvent(" ")) // begins the training
	p.wait(10*time.Second, trains)
	p.wait(20*time.Second, `langevin.lastDrawn.a`)
	p.do(chromedp.KeyEvent("c"))
	p.wait(20*time.Second, `langevin.lastDrawn.b`)
	p.do(chromedp.KeyEvent(" "))
	p.wait(5*time.Second, `document.documentElement.dataset.phase == "paused"`)
	tree, err := chromedp.Run(p.ctx, func(ctx context.Context, t *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
		return cdp.Call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	})
	if err != nil {
		t.Fatal(err)
	}
	named := []string{"button", "textbox", "combobox", "slider", "image", "img", "progressbar", "checkbox", "dialog", "table", "figure"}
	found := 0
	for _, node := range tree.Nodes {
		if node.Ignored || node.Role == nil || !slices.Contains(named, text(node.Role)) {
			continue
		}
		found++
		if role := text(node.Role); role != "figure" && (node.Name == nil || text(node.Name) == "") {
			t.Errorf("a %s has no name: node %v", role, node.BackendDOMNodeID)
		}
	}
	if found < 40 {
		t.Errorf("only %d nodes", found)
	}
	want := value[[]string](p, `[...document.querySelectorAll("main button, main select, main input")]
		.filter(e => !e.disabled && e.checkVisibility() && e.type != "file").map(e => e.id).filter(Boolean)`)
	var got []string
	for range 3 * len(want) {
		p.do(chromedp.KeyEvent(kb.Tab))
		got = append(got, value[string](p, `document.activeElement.id`))
		if outline := value[string](p, `(e => e == document.body ? "body" : getComputedStyle(e).outlineStyle
			+ getComputedStyle(e).boxShadow)(document.activeElement)`); outline == "nonenone" {
			t.Errorf("#%s shows no focus", got[len(got)-1])
		}
	}
	for _, id := range want {
		if !slices.Contains(got, id) {
			t.Errorf("the tabulator does not reach #%s", id)
		}
	}
}

// text returns a value of the tree of a screen reader.
func text(v *accessibility.Value) string {
	var s string
	_ = json.Unmarshal(v.Value, &s)
	return s
}
