package dispatch

import "github.com/seed964deb49/langevin/gen/kernel"

// kernelTable writes all declared kernels with their operands, for each of which the tests want a row.
func kernelTable(w *text) {
	w.line("package kernels\n")
	w.line("// declared has the operands of each declared kernel, by the name of its dispatching function.")
	w.line("var declared = map[string][]tableOperand{")
	for _, k := range kernel.All() {
		w.line("%q: {", k.Func)
		for _, o := range k.Operands {
			w.line("{%q, %s, %s},", o.Name, kinds[o.Kind], roles[o.Use])
		}
		w.line("},")
	}
	w.line("}\n")
	w.line("// declaredFunctions are the functions of a network.")
	w.line("// declaredSlopes are those that have a backward pass.")
	w.line("var (")
	w.line("declaredFunctions = map[function]string{")
	for _, f := range kernel.Functions {
		w.line("%sFunction: %q,", f.Name, f.Name)
	}
	w.line("}\ndeclaredSlopes = []function{")
	for _, f := range kernel.Functions {
		if f.Grad {
			w.line("%sFunction,", f.Name)
		}
	}
	w.line("}\n)")
}

// kinds and roles are the names of package kernels' tests for them.
var (
	kinds = map[kernel.Kind]string{
		kernel.Slice: "slice", kernel.Matrix: "matrix", kernel.PerRow: "perRow",
		kernel.PerColumn: "perColumn", kernel.Normals: "normalsOf", kernel.Scalar: "number",
		kernel.Sum: "sum", kernel.Sums: "sum", kernel.Index: "sum",
		kernel.Step: "step", kernel.Stream: "stream",
	}
	roles = map[kernel.Use]string{kernel.In: "in", kernel.Out: "out", kernel.InOut: "inOut"}
)
