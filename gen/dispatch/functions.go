package dispatch

import (
	"fmt"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// functions writes what evaluates a function of a network and its backward pass.
func (b build) functions(w *text) {
	value := func(f kernel.Function) (kernel.Kernel, bool) { return f.Value(), true }
	slope := func(f kernel.Function) (kernel.Kernel, bool) { return f.Slope(), f.Grad }
	b.choose(w, "evaluate", "dst, x", value)
	b.choose(w, "backward", "dst, dy, x", slope)
}

// choose writes the choice of an implementation and, for each instruction set, of the program of a function.
func (b build) choose(w *text, name, operands string, of func(f kernel.Function) (kernel.Kernel, bool)) {
	w.line("func %s(f function, %s []float32) {", name, operands)
	if len(b.sets) == 0 {
		w.line("%sGeneric(f, %s)\n}\n", name, operands)
		return
	}
	w.line("switch active {\ncase generic:\n%sGeneric(f, %s)", name, operands)
	for i, set := range b.sets {
		condition := "default:"
		if i < len(b.sets)-1 {
			condition = fmt.Sprintf("case %s:", backend(set))
		}
		w.line("%s\n%s%s(f, %s)", condition, name, set, operands)
	}
	w.line("}\n}\n")
	for _, set := range b.sets {
		w.line("func %s%s(f function, %s []float32) {\nswitch f {", name, set, operands)
		for _, f := range kernel.Functions {
			if k, ok := of(f); ok {
				addresses := "&dst[0], &x[0]"
				if name == "backward" {
					addresses = "&dst[0], &dy[0], &x[0]"
				}
				w.line("case %sFunction:\n%s(%s, len(dst))", f.Name, k.For(set).Name, addresses)
			}
		}
		w.line("}\n}\n")
	}
}

// functionTable writes the functions by their names, and their definitions.
func functionTable(w *text) {
	w.line("package kernels\n")
	w.line("// function is a function of one number, or the derivative of one.\ntype function uint8\n")
	w.line("const (")
	for i, f := range kernel.Functions {
		kind := ""
		if i == 0 {
			kind = " function = iota"
		}
		w.line("%sFunction%s", f.Name, kind)
	}
	w.line(")\n")
	w.line("// value returns a function's definition.")
	w.line("func (f function) value() func(x float32) float32 {\nswitch f {")
	for _, f := range kernel.Functions {
		w.line("case %sFunction:\nreturn %s", f.Name, f.Name)
	}
	w.line("}\npanic(\"kernels: unknown function\")\n}\n")
	w.line("// slope returns the definition of a function's derivative.")
	w.line("func (f function) slope() func(x float32) float32 {\nswitch f {")
	for _, f := range kernel.Functions {
		if f.Grad {
			w.line("case %sFunction:\nreturn %sSlope", f.Name, f.Name)
		}
	}
	w.line("}\npanic(\"kernels: function without a backward pass\")\n}")
}
