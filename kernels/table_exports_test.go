package kernels

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// products are the exported functions on slices and matrices that have tests of their own instead of rows.
var products = []string{
	"Gemm", "Gemm64", "GemmHadamard", "GemmPacked", "GemmPackedHadamard", "MatMul", "RotateRows64",
}

// TestRowForEveryFunction: every exported function on slices or matrices of float32 or float64 has a row.
func TestRowForEveryFunction(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	exported := 0
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv != nil || !f.Name.IsExported() ||
				!slices.ContainsFunc(f.Type.Params.List, inMemory) {
				continue
			}
			exported++
			rowed := hasRow(table(), f.Name.Name) || hasRow(table64(), f.Name.Name)
			if !rowed && !slices.Contains(products, f.Name.Name) {
				t.Errorf("%s in %s has no row in the table of tests", f.Name.Name, path)
			}
		}
	}
	if exported < 30 {
		t.Errorf("only %d exported functions", exported)
	}
}

// inMemory reports whether a parameter is a slice of floats or a matrix.
func inMemory(p *ast.Field) bool {
	switch t := p.Type.(type) {
	case *ast.ArrayType:
		element, ok := t.Elt.(*ast.Ident)
		return ok && t.Len == nil && (element.Name == "float32" || element.Name == "float64")
	case *ast.Ident:
		return t.Name == "Matrix" || t.Name == "Matrix64"
	}
	return false
}

// hasRow reports whether a row calls a function.
func hasRow[T float](rows []rowOf[T], function string) bool {
	return slices.ContainsFunc(rows, func(r rowOf[T]) bool { return r.function() == function })
}
