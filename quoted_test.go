package langevin_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestQuoted: the Go code that these pages show is run by tests. A block that is a program is a file with an
// example of this package, but for lines that end with the comment "not shown". Lines of any other block are in one
// function that is run, in the same order. What is not shown between them is mostly what becomes of errors.
func TestQuoted(t *testing.T) {
	programs, functions := examples(t)
	least := map[string]int{
		"README.md": 2, "docs/library.md": 14, "docs/score-matching.md": 2, "docs/gonum.md": 3, "docs/reproducibility.md": 0,
	}
	for page, least := range least {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(string(text), "```go\n")[1:]
		if len(blocks) < least {
			t.Errorf("%s has %d blocks of Go", page, len(blocks))
		}
		for _, block := range blocks {
			block, _, _ = strings.Cut(block, "```")
			if strings.HasPrefix(block, "package main\n") {
				if !slices.Contains(programs, block) {
					t.Errorf("%s: no example is the program\n%s", page, block)
				}
				continue
			}
			shown := statements(block)
			if !slices.ContainsFunc(functions, func(f []string) bool { return inOrder(shown, f) }) {
				t.Errorf("%s: no example has these lines, in this order:\n%s", page, strings.Join(shown, "\n"))
			}
		}
	}
}

var notShown = regexp.MustCompile(`(?m)^.*// not shown\n`)

// examples returns the files of this package with an example, as programs, and the lines of all functions that
// tests run: examples, and what is shown without being one.
func examples(t *testing.T) (programs []string, functions [][]string) {
	t.Helper()
	paths := []string{"shown_test.go"}
	for _, dir := range []string{".", "kernels", "kernels/gonumblas", "mlp", "smld", "metrics", "dataset", "safetensors", "picture"} {
		found, err := filepath.Glob(filepath.Join(dir, "example*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		program := notShown.ReplaceAllString(string(source), "")
		program = strings.Replace(program, "package langevin_test\n", "package main\n", 1)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Example") && !strings.HasPrefix(f.Name.Name, "shown") {
				continue
			}
			body := string(source[files.Position(f.Body.Pos()).Offset:files.Position(f.Body.End()).Offset])
			if f.Name.Name[0] == 'E' && !strings.Contains(body, "// Output:") {
				t.Errorf("%s: %s is compiled and not run: it has no output", path, f.Name.Name)
			}
			functions = append(functions, statements(body))
			program = strings.Replace(program, "func "+f.Name.Name+"()", "func main()", 1)
		}
		programs = append(programs, program)
	}
	return programs, functions
}

// statements returns the lines of a text, without comments and white space around them.
func statements(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, " //")
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			lines = append(lines, line)
		}
	}
	return lines
}

// inOrder reports whether the lines shown are among those of a function, in the same order.
func inOrder(shown, function []string) bool {
	for _, line := range function {
		if len(shown) > 0 && shown[0] == line {
			shown = shown[1:]
		}
	}
	return len(shown) == 0
}
