package dispatch

import "github.com/seed964deb49/langevin/gen/kernel"

// kernelTable writes the names of all declared kernels, for each of which the tests want a row.
func kernelTable(w *text) {
	w.line("package kernels\n")
	w.line("// declared are the kernels that have a declaration, by the functions that dispatch.")
	w.line("var declared = []string{")
	for _, k := range kernel.All() {
		w.line("%q,", k.Func)
	}
	w.line("}\n")
	w.line("// declaredFunctions are the functions of a network, and declaredSlopes those that have a backward pass.")
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
