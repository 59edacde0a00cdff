package langevin

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tests returns the names of the tests and fuzz targets of the module, each with its folder before it.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	named := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	all := map[string]bool{}
	for _, pattern := range []string{"*_test.go", "*/*_test.go", "*/*/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range named.FindAllStringSubmatch(string(text), -1) {
				all[filepath.ToSlash(filepath.Dir(file))+" "+name[1]] = true
			}
		}
	}
	return all
}

// TestReliabilityTables: every row of the tables of docs/reliability.md names tests that are there, and every
// fuzz target of a reader is in one.
func TestReliabilityTables(t *testing.T) {
	text, err := os.ReadFile("docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	all, said, rows := tests(t), map[string]bool{}, 0
	name := regexp.MustCompile("`([a-z./]+ (?:Test|Fuzz)\\w+)`")
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| fault |") || strings.HasPrefix(line,
			"| reader |") {
			continue
		}
		rows++
		found := name.FindAllStringSubmatch(line, -1)
		if len(found) == 0 {
			t.Errorf("no test in the row %s", line)
		}
		for _, match := range found {
			if said[match[1]] = true; !all[match[1]] {
				t.Errorf("there is no test %s", match[1])
			}
		}
	}
	if rows < 25 {
		t.Errorf("only %d rows", rows)
	}
	for test := range all {
		folder, name, _ := strings.Cut(test, " ")
		if strings.HasPrefix(name, "Fuzz") && !strings.HasPrefix(folder, "kernels") && !said[test] {
			t.Errorf("docs/reliability.md lacks %s", test)
		}
	}
}

// TestComputedWithoutClock: of the packages that compute results none takes the time, but for the two files
// that share work out by it, among cores and in blocks, on which no result depends.
func TestComputedWithoutClock(t *testing.T) {
	for _, folder := range []string{"kernels", "mlp", "smld", "metrics", "dataset", "safetensors",
		"internal/parts", "internal/streams"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range file.Imports {
				name, err := strconv.Unquote(i.Path.Value)
				sharing := []string{"kernels/pool_share.go", "smld/progress.go"}
				if err != nil || name == "time" && !slices.Contains(sharing, filepath.ToSlash(path)) {
					t.Errorf("%s imports %s, %v", path, name, err)
				}
			}
		}
	}
}
