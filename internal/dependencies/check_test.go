package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDependencies: docs/dependencies.md lists what go.mod requires.
func TestDependencies(t *testing.T) {
	findings, err := check("../..", "../../docs/dependencies.md", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

// TestFindings: each way to be wrong has its line.
func TestFindings(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		in := filepath.Join(dir, name)
		if err := os.Mkdir(in, 0o700); err != nil {
			t.Fatal(err)
		}
		write(filepath.Join(name, "go.mod"), "module example.com/"+name+"\n\ngo 1.26.0\n")
		write(filepath.Join(name, "LICENSE"), unlicense)
	}
	write("go.mod", `module example.com/user

go 1.26.0

require (
	example.com/a v0.0.0
	example.com/b v0.0.0
	example.com/c v0.0.0 // indirect
	example.com/d v0.0.0
	example.com/e v0.0.0 // indirect
)

replace (
	example.com/a => ./a
	example.com/b => ./b
	example.com/c => ./c
	example.com/d => ./d
	example.com/e => ./e
)
`)
	document := write("d.md", strings.ReplaceAll(`## Direct
| module | licence | reason |
|---|---|---|
| 'example.com/b' | Unlicense |  |
| 'example.com/c' | Unlicense | for what |
| 'example.com/d' | MIT | for what |

## Indirect
| 'example.com/e' | Unlicense | d |
| 'example.com/f' | Unlicense | d |

## Others
| 'example.com/g' | Unlicense | not a row |
`, "'", "`"))
	got, err := check(dir, document, true)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"no row for example.com/a, which go.mod requires; say what it is for and why no own code takes its place",
		"example.com/b has no reason",
		"example.com/c is in the table of the direct or indirect modules, go.mod has it in the other",
		`example.com/d has the licence "MIT", and its files "Unlicense"`,
		"example.com/f is not in go.mod",
	}
	for i, w := range want {
		want[i] = document + ": " + w
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const unlicense = `This is free and unencumbered software released into the public domain.

Anyone is free to copy, modify, publish, use, compile, sell, or distribute this software, either in source code
form or as a compiled binary, for any purpose, commercial or non-commercial, and by any means.

In jurisdictions that recognize copyright laws, the author or authors of this software dedicate any and all
copyright interest in the software to the public domain. We make this dedication for the benefit of the public
at large and to the detriment of our heirs and successors. We intend this dedication to be an overt act of
relinquishment in perpetuity of all present and future rights to this software under copyright law.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

For more information, please refer to <https://unlicense.org/>
`
