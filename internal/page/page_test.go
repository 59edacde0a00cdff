package page

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"
)

// contents returns the files of the page by their paths.
func contents(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Files(), name)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSize holds the page to what it may have, uncompressed.
func TestSize(t *testing.T) {
	const most = 300_000
	size := 0
	for _, text := range contents(t) {
		size += len(text)
	}
	if size > most {
		t.Errorf("the page has %d bytes: want at most %d", size, most)
	}
}

// TestVendored compares files of others with the hashes that are written beside them.
func TestVendored(t *testing.T) {
	const folder = "uplot"
	all := contents(t)
	hashed := map[string]bool{folder + "/VERSION": true}
	lines := bufio.NewScanner(strings.NewReader(all[folder+"/VERSION"]))
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		want, name, ok := strings.Cut(lines.Text(), "  ")
		name = path.Join(folder, name)
		text, there := all[name]
		if !ok || !there {
			t.Errorf("VERSION has the line %q: want a hash and a file's name", lines.Text())
			continue
		}
		hashed[name] = true
		if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s has the hash %x: want %s", name, sum, want)
		}
	}
	for name := range all {
		if strings.HasPrefix(name, folder+"/") && !hashed[name] {
			t.Errorf("%s has no hash in VERSION", name)
		}
	}
}

// TestNothingFromElsewhere sees to it that the page names no address of another place, so that it works without a
// network.
func TestNothingFromElsewhere(t *testing.T) {
	address := regexp.MustCompile(`(?i)(?:https?|wss?|ftp):?//[^\s"'<>)]+|["'(]//[a-z][^\s"'<>)]*`)
	namespace := map[string]bool{"http://www.w3.org/2000/svg": true}
	for name, text := range contents(t) {
		if path.Base(name) == "LICENSE" {
			continue
		}
		if name == "uplot/uPlot.iife.min.js" {
			_, text, _ = strings.Cut(text, "\n") // the first line is a notice
		}
		for _, found := range address.FindAllString(text, -1) {
			if !namespace[found] {
				t.Errorf("%s names %s", name, found)
			}
		}
	}
}

// TestNothingInline holds the page to its Content-Security-Policy, which allows files alone.
func TestNothingInline(t *testing.T) {
	html := contents(t)["index.html"]
	inline := []string{`<style`, `\sstyle=`, `\son[a-z]+=`, `<script(?:\s[^>]*)?>[^<]`, `javascript:`}
	for _, pattern := range inline {
		if found := regexp.MustCompile(pattern).FindString(html); found != "" {
			t.Errorf("index.html has %q", found)
		}
	}
	code := regexp.MustCompile(`\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write`)
	for name, text := range contents(t) {
		if path.Ext(name) != ".js" || strings.HasPrefix(name, "uplot/") {
			continue
		}
		if found := code.FindString(text); found != "" {
			t.Errorf("%s has %s, by which data could become code", name, found)
		}
	}
}

// TestReferences looks for files and elements that are named and not there.
func TestReferences(t *testing.T) {
	all := contents(t)
	html := all["index.html"]
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllStringSubmatch(html, -1) {
		if _, ok := all[m[1]]; !ok {
			t.Errorf("index.html names %s, which is not there", m[1])
		}
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(`\sid="([^"]+)"`).FindAllStringSubmatch(html, -1) {
		if ids[m[1]] {
			t.Errorf("index.html has two elements %s", m[1])
		}
		ids[m[1]] = true
	}
	imported := regexp.MustCompile(`from '\./([^']+)'`)
	element := regexp.MustCompile(`\$\('([^'$]+)'\)`)
	used := map[string]bool{"app.js": true, "theme-first.js": true}
	for name, text := range all {
		if path.Ext(name) != ".js" || strings.HasPrefix(name, "uplot/") {
			continue
		}
		for _, m := range imported.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
			if _, ok := all[m[1]]; !ok {
				t.Errorf("%s imports %s, which is not there", name, m[1])
			}
		}
		for _, m := range element.FindAllStringSubmatch(text, -1) {
			if made := strings.HasPrefix(m[1], "get-") || m[1] == "again-a"; !ids[m[1]] && !made {
				t.Errorf("%s takes the element %s, which is not there", name, m[1])
			}
		}
	}
	for name := range all {
		if path.Ext(name) == ".js" && !strings.Contains(name, "/") && !used[name] {
			t.Errorf("nothing imports %s", name)
		}
	}
}

// TestLabels sees to it that each field of the page has a label.
func TestLabels(t *testing.T) {
	html := contents(t)["index.html"]
	for _, tag := range regexp.MustCompile(`<(?:input|select)\s[^>]*>`).FindAllString(html, -1) {
		id := regexp.MustCompile(`\s(?:data-)?id="([^"]+)"`).FindStringSubmatch(tag)
		switch {
		case id == nil:
			t.Errorf("%s has no id", tag)
		case !strings.Contains(tag, "aria-label=") && !strings.Contains(html, `for="`+id[1]+`"`):
			t.Errorf("%s has no label", tag)
		}
	}
}

// parse has Node read the scripts of the standard input, {name: text}, as modules, all in one process.
const parse = `const {SourceTextModule} = require("vm");
for (const [name, text] of Object.entries(JSON.parse(require("fs").readFileSync(0, "utf8")))) {
  try {
    new SourceTextModule(text, {identifier: name});
  } catch (e) {
    console.log(name + ": " + e.message);
    process.exitCode = 1;
  }
}`

// TestSyntax has Node read each script, where there is Node.
func TestSyntax(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node here")
	}
	scripts := map[string]string{}
	for name, text := range contents(t) {
		if path.Ext(name) == ".js" && !strings.HasPrefix(name, "uplot/") {
			scripts[name] = text
		}
	}
	input, err := json.Marshal(scripts)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(node, "--no-warnings", "--experimental-vm-modules", "--eval", parse)
	command.Stdin = bytes.NewReader(input)
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestColumns holds lines to the width of the project's.
func TestColumns(t *testing.T) {
	const most = 120
	for name, text := range contents(t) {
		if strings.HasPrefix(name, "uplot/") || name == "icon.svg" {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if n := len([]rune(line)); n > most {
				t.Errorf("%s:%d has %d columns: want at most %d", name, i+1, n, most)
			}
		}
	}
}
