package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// change replaces the bytes from one offset of a file to another.
type change struct {
	file     string // from the root of the module
	line     int
	from, to int
	text     string
	old      string // what stands around it
	new      string // what becomes of that
}

func (c change) String() string { return fmt.Sprintf("%s:%d: %s -> %s", c.file, c.line, c.old, c.new) }

// changesOf returns all changes of a package, and of those below it in gen.
func changesOf(dir string, o options) ([]change, error) {
	root := filepath.Join(dir, filepath.FromSlash(o.pkg))
	pattern := o.files
	if pattern == "" && path.Base(o.pkg) == "kernels" {
		pattern = "*_generic.go"
	}
	var all []change
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if file != root && (path.Base(o.pkg) != "gen" || entry.Name() != "neon") {
				return filepath.SkipDir
			}
			return nil
		}
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		if pattern != "" {
			if ok, err := path.Match(pattern, name); err != nil || !ok {
				return err
			}
		}
		relative, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		found, err := changesIn(filepath.ToSlash(relative), source)
		all = append(all, found...)
		return err
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("nothing to change in %s", o.pkg)
	}
	return all, err
}

// changesIn returns the changes of a file, in the order of their places. A generated file has none.
func changesIn(name string, source []byte) ([]change, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || ast.IsGenerated(file) {
		return nil, err
	}
	f := finder{name: name, source: source, file: files.File(file.Pos())}
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		ast.Inspect(d, f.visit)
	}
	return f.all, nil
}
