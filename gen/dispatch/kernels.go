package dispatch

import (
	"fmt"
	"strings"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// dispatch writes the function that gives a kernel's work to one of its shares.
func (b build) dispatch(w *text, k kernel.Kernel) {
	_, result, _ := k.Result()
	w.line("func %s(%s) %s {", k.Func, parameters(k), result)
	switch shares := k.On(b.sets...); {
	case len(shares) == 0:
		w.line("%s", definition(k))
	case k.Has(kernel.Stream):
		w.line("if programs == genericPrograms {\n%s\nreturn\n}", definition(k))
		for i, s := range shares {
			groups(w, k, s, i == len(shares)-1)
		}
	default:
		w.line("switch {\ncase programs == genericPrograms:\n%s", definition(k))
		for i, s := range shares {
			condition := "default:"
			if i < len(shares)-1 {
				condition = "case programs == " + backend(s.Set) + "Programs"
				if s.Cols > 0 {
					condition += fmt.Sprintf(" && %s.Cols >= %d", k.Of(kernel.Matrix)[0].Name, s.Cols)
				}
				if s.Most > 0 {
					condition += fmt.Sprintf(" && len(%s) <= %d", k.Of(kernel.Slice)[0].Name, s.Most)
				}
				condition += ":"
			}
			w.line("%s\n%s", condition, program(k, s.Set))
		}
		w.line("}")
	}
	w.line("}\n")
	if k.Direct {
		b.direct(w, k)
	}
}

// direct writes a function that calls the program for the widest registers. It is short enough to be compiled
// in line, which spares short work a call.
func (b build) direct(w *text, k kernel.Kernel) {
	_, result, _ := k.Result()
	call := definition(k)
	if len(b.sets) > 0 {
		call = program(k, b.sets[0])
	}
	w.line("func %sDirect(%s) %s {\n%s\n}\n", k.Func, parameters(k), result, call)
}

// onBlocks writes what dispatches for any number of blocks, and for one where that is called.
func (b build) onBlocks(w *text, k kernel.Kernel) {
	one := k.OnOneBlock()
	k.Direct = false
	b.dispatch(w, k)
	if k.Alone {
		b.dispatch(w, one)
	}
}

// parameters are those of the function that dispatches.
func parameters(k kernel.Kernel) string {
	var list []string
	given := k.Given()
	for i, o := range given {
		if i+1 < len(given) && given[i+1].Go() == o.Go() {
			list = append(list, o.Name)
			continue
		}
		list = append(list, o.Name+" "+o.Go())
	}
	if k.Has(kernel.Stream) {
		list = append(list, "group uint64")
	}
	return strings.Join(list, ", ")
}

// definition is the call of a kernel's definition.
func definition(k kernel.Kernel) string {
	var list []string
	result := ""
	if _, _, ok := k.Result(); ok {
		result = "return "
	}
	for _, o := range k.Operands {
		switch o.Kind {
		case kernel.Sum, kernel.Index:
		case kernel.OneSum:
			list = append(list, o.Name+"[:]")
		default:
			list = append(list, o.Name)
		}
	}
	if k.Has(kernel.Stream) {
		list = append(list, "group")
	}
	if one := k.Of(kernel.OneSum); len(one) > 0 {
		of := one[0].Name
		return fmt.Sprintf("var %s [1]%s\n%s(%s)\nreturn %s[0]",
			of, one[0].Float.Name, k.Definition(), strings.Join(list, ", "), of)
	}
	return fmt.Sprintf("%s%s(%s)", result, k.Definition(), strings.Join(list, ", "))
}

// program is the call of a program on all that there is.
func program(k kernel.Kernel, set kernel.Set) string {
	var list []string
	for _, o := range k.Pointers() {
		list = append(list, address(o))
	}
	if matrices := k.Of(kernel.Matrix); len(matrices) > 0 {
		list = append(list, matrices[0].Name+".Rows", matrices[0].Name+".Cols")
		for _, m := range matrices {
			list = append(list, m.Name+".Stride")
		}
	} else {
		list = append(list, fmt.Sprintf("len(%s)", k.Of(kernel.Slice)[0].Name))
	}
	for _, o := range k.Of(kernel.Scalar) {
		list = append(list, o.Name)
	}
	for _, o := range k.Of(kernel.Step) {
		list = append(list, fmt.Sprintf("&%s.Rate", o.Name))
	}
	call := fmt.Sprintf("%s(%s)", k.For(set).Name, strings.Join(list, ", "))
	if result, goType, ok := k.Result(); ok {
		return fmt.Sprintf("var %s %s\n%s\nreturn %s", result.Name, goType, call, result.Name)
	}
	return call
}

// address is where an operand begins.
func address(o kernel.Operand) string {
	switch o.Kind {
	case kernel.Matrix:
		return fmt.Sprintf("&%s.Data[0]", o.Name)
	case kernel.Sum, kernel.Index, kernel.OneSum:
		return "&" + o.Name
	}
	return fmt.Sprintf("&%s[0]", o.Name)
}

// groups writes the call of a program on groups of noise: on pairs of them, which leaves an odd one to the
// next share, or on all that are left.
func groups(w *text, k kernel.Kernel, s kernel.Share, last bool) {
	slices, first := k.Of(kernel.Slice), k.Of(kernel.Slice)[0].Name
	size := "groupSize"
	if slices[0].Float.Size == 8 {
		size = "groupSize64"
	}
	count := fmt.Sprintf("len(%s) / %s", first, size)
	if s.Pairs {
		count = "pairs"
	}
	stream := k.Of(kernel.Stream)[0].Name
	var list []string
	for _, o := range k.Pointers() {
		list = append(list, address(o))
	}
	for _, o := range k.Of(kernel.Scalar) {
		list = append(list, o.Name)
	}
	list = append(list, count, stream+".Seed", stream+".Stream", "group")
	call := fmt.Sprintf("%s(%s)", k.For(s.Set).Name, strings.Join(list, ", "))
	if last {
		w.line("if len(%s) > 0 {\n%s\n}", first, call)
		return
	}
	var names, rest []string
	for _, o := range slices {
		names, rest = append(names, o.Name), append(rest, o.Name+"[done:]")
	}
	w.line("if pairs := len(%s) / (2 * %s); programs == %sPrograms && pairs > 0 {",
		first, size, backend(s.Set))
	w.line("%s", call)
	w.line("done := 2 * %s * pairs", size)
	w.line("%s, group = %s, group + 2*uint64(pairs)", strings.Join(names, ", "), strings.Join(rest, ", "))
	w.line("}")
}
