package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
)

// written is how often a line of source says to fuse.
type written struct {
	calls   int
	literal bool // whether it stands in a function literal, which may be inlined several times in one function
}

// writtenIn returns the lines of a file on which calls of math.FMA begin, or go on.
func writtenIn(file string) (map[int]written, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	lines := map[int]written{}
	var literals []ast.Node
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			literals = append(literals, n)
		case *ast.CallExpr:
			if !isFMA(n.Fun) {
				break
			}
			in := slices.ContainsFunc(literals, func(l ast.Node) bool { return l.Pos() <= n.Pos() && n.End() <= l.End() })
			for line := files.Position(n.Pos()).Line; line <= files.Position(n.End()).Line; line++ {
				lines[line] = written{lines[line].calls + 1, in}
			}
		}
		return true
	})
	return lines, nil
}

// isFMA reports whether a function is math.FMA.
func isFMA(f ast.Expr) bool {
	s, ok := f.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := s.X.(*ast.Ident)
	return ok && from.Name == "math" && s.Sel.Name == "FMA"
}

// unwritten returns a line for each site with more fused instructions than the source says. Code that is
// inlined stands several times in a function, so the function with the fewest counts.
func (l listing) unwritten() ([]string, error) {
	sources := map[string]map[int]written{}
	sites := make([]site, 0, len(l.fused))
	for at := range l.fused {
		sites = append(sites, at)
	}
	slices.SortFunc(sites, func(a, b site) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	var findings []string
	for _, at := range sites {
		if sources[at.file] == nil {
			lines, err := writtenIn(at.file)
			if err != nil {
				return nil, err
			}
			sources[at.file] = lines
		}
		name, fewest := fewest(l.fused[at])
		w := sources[at.file][at.line]
		if fewest <= w.calls || w.literal && fewest%w.calls == 0 {
			continue
		}
		findings = append(findings, fmt.Sprintf("%s:%d: %s has %d fused products, and the source %d calls of math.FMA",
			at.file, at.line, name, fewest, w.calls))
	}
	return findings, nil
}

// fewest returns the function with the fewest instructions, and how many.
func fewest(functions map[string]int) (name string, n int) {
	for f, k := range functions {
		if n == 0 || k < n || k == n && f < name {
			name, n = f, k
		}
	}
	return name, n
}
