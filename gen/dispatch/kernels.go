package dispatch

import (
	"fmt"
	"strings"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// dispatch writes the function that gives a kernel's work to one of its shares.
func (b build) dispatch(w *text, k kernel.Kernel) {
	result := ""
	if k.Has(kernel.Sum) {
		result = " float64"
	}
	w.line("func %s(%s)%s {", k.Func, parameters(k), result)
	switch shares := k.On(b.sets...); {
	case len(shares) == 0:
		w.line("%s", definition(k))
	case k.Has(kernel.Stream):
		w.line("if active == generic {\n%s\nreturn\n}", definition(k))
		for i, s := range shares {
			groups(w, k, s, i == len(shares)-1)
		}
	default:
		w.line("switch {\ncase active == generic:\n%s", definition(k))
		for i, s := range shares {
			condition := "default:"
			if i < len(shares)-1 {
				condition = "case active == " + backend(s.Set)
				if s.Cols > 0 {
					condition += fmt.Sprintf(" && %s.Cols >= %d", k.Of(kernel.Matrix)[0].Name, s.Cols)
				}
				condition += ":"
			}
			w.line("%s\n%s", condition, program(k, s.Set))
		}
		w.line("}")
	}
	w.line("}\n")
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
	if k.Has(kernel.Sum) {
		result = "return "
	}
	for _, o := range k.Given() {
		list = append(list, o.Name)
	}
	if k.Has(kernel.Stream) {
		list = append(list, "group")
	}
	return fmt.Sprintf("%s%sGeneric(%s)", result, k.Func, strings.Join(list, ", "))
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
	if sum := k.Of(kernel.Sum); len(sum) > 0 {
		return fmt.Sprintf("var %s float64\n%s\nreturn %s", sum[0].Name, call, sum[0].Name)
	}
	return call
}

// address is where an operand begins.
func address(o kernel.Operand) string {
	switch o.Kind {
	case kernel.Matrix:
		return fmt.Sprintf("&%s.Data[0]", o.Name)
	case kernel.Sum:
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
	w.line("if pairs := len(%s) / (2 * %s); active == %s && pairs > 0 {", first, size, backend(s.Set))
	w.line("%s", call)
	w.line("done := 2 * %s * pairs", size)
	w.line("%s, group = %s, group + 2*uint64(pairs)", strings.Join(names, ", "), strings.Join(rest, ", "))
	w.line("}")
}
