package page

import (
	"regexp"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
)

// TestExtensions: the page takes files of every extension that package dataset reads as text, and says so.
func TestExtensions(t *testing.T) {
	_, err := dataset.Read("a.unknown", strings.NewReader("?"), 1, dataset.Options{})
	if err == nil {
		t.Fatal("a file of no known format is read")
	}
	list := regexp.MustCompile(`by its extension \(([^)]+)\)`).FindStringSubmatch(err.Error())
	if list == nil {
		t.Fatalf("no extensions in %q", err)
	}
	all := contents(t)
	readable := regexp.MustCompile(`readable = /\\\.\(([^)]+)\)`).FindStringSubmatch(all["files.js"])
	accept := regexp.MustCompile(`accept="([^"]+)"`).FindStringSubmatch(all["index.html"])
	if readable == nil || accept == nil {
		t.Fatal("the page names no extensions")
	}
	for ext := range strings.FieldsSeq(list[1]) {
		in := func(list, sep, one string) bool { return strings.Contains(sep+list+sep, sep+one+sep) }
		if !in(readable[1], "|", ext[1:]) || !in(accept[1], ",", ext) || !strings.Contains(all["files.js"], " "+ext+",") {
			t.Errorf("the page does not take %s, or does not say so", ext)
		}
	}
}
