// Conversions finds integers of 64 bits that are made into a float32 in one step.
//
//	go run ./internal/conversions [package ...]
//
// On 386, arm and mips Go makes float32(i) of an int64 or a uint64 in two roundings of its own, which give
// the wrong neighbour for a part of the values beyond 2^24; float32(float64(i)) has the same bits on all. The
// types int, uint and uintptr count as 64 bits, so that no line depends on how many they have. Constants are
// converted by the compiler, which is right.
package main

import (
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/singlechecker"
	"golang.org/x/tools/go/ast/inspector"
)

var analyzer = &analysis.Analyzer{
	Name:     "conversions",
	Doc:      "find integers of 64 bits that are made into a float32 in one step",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      run,
}

func main() { singlechecker.Main(analyzer) }

// run reports the conversions of a package.
func run(pass *analysis.Pass) (any, error) {
	files := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	files.Preorder([]ast.Node{(*ast.CallExpr)(nil)}, func(n ast.Node) {
		call := n.(*ast.CallExpr)
		to := pass.TypesInfo.Types[call.Fun]
		if !to.IsType() || len(call.Args) != 1 || !has(to.Type, types.Float32) {
			return
		}
		from := pass.TypesInfo.Types[call.Args[0]]
		if from.Value != nil && from.Value.Kind() != constant.Unknown {
			return
		}
		if has(from.Type, types.Int, types.Int64, types.Uint, types.Uint64, types.Uintptr) {
			pass.Reportf(call.Pos(),
				"%s of %s, but 64 bits are rounded otherwise on 386, arm and mips: write %[1]s(float64(x))",
				types.TypeString(to.Type, types.RelativeTo(pass.Pkg)),
				types.TypeString(from.Type, types.RelativeTo(pass.Pkg)))
		}
	})
	return nil, nil
}

// has reports whether a type is one of kinds, or a type parameter that may be.
func has(t types.Type, kinds ...types.BasicKind) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		for _, k := range kinds {
			if u.Kind() == k {
				return true
			}
		}
	case *types.Interface: // the constraint of a type parameter
		if _, ok := types.Unalias(t).(*types.TypeParam); !ok {
			return false
		}
		for i := range u.NumEmbeddeds() {
			if embeds(u.EmbeddedType(i), kinds) {
				return true
			}
		}
	}
	return false
}

// embeds reports whether what a constraint embeds allows one of kinds. Of an intersection it may say too much.
func embeds(t types.Type, kinds []types.BasicKind) bool {
	if union, ok := t.(*types.Union); ok {
		for i := range union.Len() {
			if embeds(union.Term(i).Type(), kinds) {
				return true
			}
		}
		return false
	}
	if u, ok := t.Underlying().(*types.Interface); ok {
		for i := range u.NumEmbeddeds() {
			if embeds(u.EmbeddedType(i), kinds) {
				return true
			}
		}
		return false
	}
	return has(t, kinds...)
}
