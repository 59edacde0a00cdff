package langevin

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages returns the Markdown files of the module by their paths, without code.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name != "." && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules"):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".md":
			return nil
		}
		text, err := os.ReadFile(name)
		all[filepath.ToSlash(name)] = prose(string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// prose returns a page without blocks of code and comments.
func prose(text string) string {
	var b strings.Builder
	fenced := false
	for line := range strings.Lines(comment.ReplaceAllString(text, "")) {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case !fenced && !strings.HasPrefix(line, "    "):
			b.WriteString(line)
		}
	}
	return b.String()
}

var (
	comment = regexp.MustCompile(`(?s)<!--.*?-->`)

	code   = regexp.MustCompile("`[^`]*`")
	inline = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	named  = regexp.MustCompile(`(?m)^\[[^\]]+\]: (\S+)$`)
	html   = regexp.MustCompile(`(?:href|src|srcset)="([^"\s]+)"`)
)

// links returns what a page links to and the pictures that it shows.
func links(text string) (targets []string) {
	text = code.ReplaceAllString(text, "")
	for _, pattern := range []*regexp.Regexp{inline, named, html} {
		for _, found := range pattern.FindAllStringSubmatch(text, -1) {
			targets = append(targets, found[1])
		}
	}
	return targets
}

// anchors returns the names that GitHub gives to the headings of a page.
func anchors(text string) map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(text) {
		heading := strings.TrimLeft(line, "#")
		if heading == line || !strings.HasPrefix(heading, " ") {
			continue
		}
		heading = strings.ToLower(strings.TrimSpace(heading))
		all[strings.ReplaceAll(regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(heading, ""), " ", "-")] = true
	}
	return all
}

// TestLinks: every relative link of a page leads to a file, and its anchor to a heading.
func TestLinks(t *testing.T) {
	all, found := pages(t), 0
	for page, text := range all {
		for _, target := range links(text) {
			if strings.Contains(target, ":") {
				continue // to another site
			}
			found++
			file, anchor, _ := strings.Cut(target, "#")
			if file = path.Join(path.Dir(page), file); strings.HasPrefix(target, "#") {
				file = page
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: nothing is at %s", page, target)
			} else if anchor != "" && !anchors(all[file])[anchor] {
				t.Errorf("%s: no heading for %s", page, target)
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d links", found)
	}
}

// TestPagesLinked: docs/README.md has a line for every page beside it.
func TestPagesLinked(t *testing.T) {
	all := pages(t)
	index := links(all["docs/README.md"])
	for page := range all {
		name, inDocs := strings.CutPrefix(page, "docs/")
		if inDocs && name != "README.md" && !slices.Contains(index, name) {
			t.Errorf("docs/README.md does not link to %s", name)
		}
	}
}

// TestPictures: every picture of the documentation is on a page, and make draws it.
func TestPictures(t *testing.T) {
	shown := map[string]bool{}
	for page, text := range pages(t) {
		for _, target := range links(text) {
			shown[path.Join(path.Dir(page), target)] = true
		}
	}
	rules := ""
	for _, file := range []string{"Makefile", "docs/pictures/draw", "docs/pictures/draw-mnist"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rules += string(text)
	}
	var files []string
	for _, pattern := range []string{"docs/*.*", "docs/pictures/*.*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	found := 0
	for _, file := range files {
		if file = filepath.ToSlash(file); !slices.Contains([]string{".png", ".svg", ".gif"}, path.Ext(file)) {
			continue
		}
		found++
		if !shown[file] {
			t.Errorf("no page shows %s", file)
		}
		if !strings.Contains(rules, "/"+path.Base(file)) {
			t.Errorf("make draws no %s", file)
		}
	}
	if found < 10 {
		t.Errorf("only %d pictures", found)
	}
}
