package main

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// stubs returns the documentation and the signature of every kernel with a suffix, by its name without it.
func stubs(t *testing.T, path, suffix string) map[string]string {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name, ok := strings.CutSuffix(f.Name.Name, suffix)
		if !ok {
			continue
		}
		var text strings.Builder
		if err := format.Node(&text, set, f); err != nil {
			t.Fatal(err)
		}
		all[name] = strings.ReplaceAll(text.String(), suffix, "")
	}
	if len(all) == 0 {
		t.Fatalf("%s has no kernel %s", path, suffix)
	}
	return all
}

// TestSameKernels: AVX2 and NEON have the same kernels, with the same arguments and the same contracts, but
// for those with vectors of rows in float64, of which NEON's have only two, and for the width of rotations.
func TestSameKernels(t *testing.T) {
	avx2, neon := stubs(t, "../kernels/stubs_amd64.go", "AVX2"), stubs(t, "../kernels/stubs_arm64.go", "NEON")
	own := func(name string) bool {
		return strings.HasPrefix(name, "gemm64Narrow") || strings.HasPrefix(name, "rotateRows4x")
	}
	for name, text := range avx2 {
		if got, ok := neon[name]; !ok && own(name) {
			continue
		} else if !ok {
			t.Errorf("NEON has no %s", name)
		} else if got != text {
			t.Errorf("NEON has\n%s\nAVX2 has\n%s", got, text)
		}
	}
	for name := range neon {
		if _, ok := avx2[name]; !ok && !own(name) {
			t.Errorf("AVX2 has no %s", name)
		}
	}
}
