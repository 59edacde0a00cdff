package langevin

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocumented: whatever a package exports has documentation.
func TestDocumented(t *testing.T) {
	packages := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		packages[file.Name.Name] = true
		for _, d := range file.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%v: %s has no documentation", files.Position(d.Pos()), name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !packages["kernels"] || !packages["smld"] {
		t.Errorf("only the packages %v", packages)
	}
}

// undocumented returns the exported names of a declaration that have neither a comment of their own nor one
// of the group or the line that they stand in.
func undocumented(d ast.Decl) (names []string) {
	if f, ok := d.(*ast.FuncDecl); ok {
		if f.Name.IsExported() && f.Doc == nil && (f.Recv == nil || exportedReceiver(f.Recv.List[0].Type)) {
			names = append(names, f.Name.Name)
		}
		return names
	}
	group := d.(*ast.GenDecl)
	for _, spec := range group.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && group.Doc == nil {
				names = append(names, s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && s.Doc == nil && s.Comment == nil && group.Doc == nil {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// exportedReceiver reports whether the type that a method belongs to is exported.
func exportedReceiver(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.StarExpr:
		return exportedReceiver(t.X)
	case *ast.IndexExpr:
		return exportedReceiver(t.X)
	case *ast.Ident:
		return t.IsExported()
	}
	return false
}
