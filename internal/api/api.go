// Package api lists what packages export, so that a test can tell when it changes.
package api

import (
	"errors"
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"
)

// List returns a line for each exported identifier, field and method of the packages that patterns match in the
// folder dir, with its type, and of constants the value. Packages and identifiers are in alphabetical order.
func List(dir string, patterns ...string) (string, error) {
	loaded, err := packages.Load(&packages.Config{Dir: dir, Mode: packages.NeedName | packages.NeedTypes |
		packages.NeedImports | packages.NeedDeps | packages.NeedExportFile}, patterns...)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, p := range loaded {
		for _, e := range p.Errors {
			err = errors.Join(err, e)
		}
		if err == nil {
			list(&text, p.Types)
		}
	}
	return text.String(), err
}

// list writes the lines of a package.
func list(text *strings.Builder, p *types.Package) {
	fmt.Fprintf(text, "package %s\n\n", p.Path())
	name := types.Qualifier(func(other *types.Package) string {
		if other == p {
			return ""
		}
		return other.Path()
	})
	for _, id := range p.Scope().Names() { // sorted
		o := p.Scope().Lookup(id)
		if !o.Exported() {
			continue
		}
		switch o := o.(type) {
		case *types.Const:
			fmt.Fprintf(text, "%s = %s\n", types.ObjectString(o, name), o.Val().ExactString())
		case *types.TypeName:
			listType(text, o, name)
		default:
			fmt.Fprintln(text, types.ObjectString(o, name))
		}
	}
	fmt.Fprintln(text)
}

// listType writes a type, its exported fields and the exported methods that its own package declares. What comes
// by embedding is said by the embedded field. That a struct has other fields matters,
// as they decide whether one may write its value without names, or compare it.
func listType(text *strings.Builder, o *types.TypeName, name types.Qualifier) {
	s, ok := o.Type().Underlying().(*types.Struct)
	if !ok || o.IsAlias() {
		fmt.Fprintln(text, types.ObjectString(o, name))
	} else {
		fmt.Fprintf(text, "type %s struct", types.TypeString(o.Type(), name))
		if !types.Comparable(s) {
			fmt.Fprint(text, ", not comparable")
		}
		hidden := ""
		for i := range s.NumFields() {
			if f := s.Field(i); f.Exported() {
				fmt.Fprintf(text, "\n\t%s", types.ObjectString(f, name))
				if tag := s.Tag(i); tag != "" {
					fmt.Fprintf(text, " `%s`", tag)
				}
			} else {
				hidden = "\n\tfields that are not exported"
			}
		}
		fmt.Fprintln(text, hidden)
	}
	if o.IsAlias() || types.IsInterface(o.Type()) {
		return
	}
	methods := types.NewMethodSet(types.NewPointer(o.Type()))
	byValue := types.NewMethodSet(o.Type())
	for i := range methods.Len() {
		m := methods.At(i).Obj()
		if !m.Exported() || m.Pkg() != o.Pkg() {
			continue
		}
		receiver := o.Name()
		if byValue.Lookup(m.Pkg(), m.Name()) == nil {
			receiver = "*" + receiver
		}
		signature := strings.TrimPrefix(types.TypeString(m.Type(), name), "func")
		fmt.Fprintf(text, "\tfunc (%s) %s%s\n", receiver, m.Name(), signature)
	}
}
