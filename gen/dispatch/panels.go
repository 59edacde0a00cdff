package dispatch

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// choice is a program of a product and the condition under which it is taken; the last choice has none.
type choice struct {
	condition string
	kernel    kernel.Kernel
	set       kernel.Set
}

// panels writes the methods of panelProduct that give a panel to the program for its shape.
func (b build) panels(w *text) {
	both := func(name, doc, parameters string, choices func(f kernel.Float) []choice) {
		w.line("// %s", strings.Join(kernel.Wrap(doc), "\n// "))
		w.line("func (q *panelProduct[T]) %s(%s) {", name, parameters)
		w.line("switch q := any(q).(type) {")
		for _, f := range []kernel.Float{kernel.Single, kernel.Double} {
			w.line("case *panelProduct[%s]:", f.Name)
			if strings.Contains(parameters, "packed") {
				w.line("packed := (*%s)(unsafe.Pointer(packed))", f.Name)
			}
			choose(w, "q", choices(f))
		}
		w.line("}\n}\n")
	}
	wide, base := b.sets[0], b.sets[len(b.sets)-1]
	has512 := wide == kernel.AVX512
	// only512 returns a choice of AVX-512's where there is it.
	only512 := func(condition string, k kernel.Kernel) []choice {
		if !has512 {
			return nil
		}
		return []choice{{condition, k, kernel.AVX512}}
	}
	both("multiply", "multiply computes a panel of c, or two.", "", func(f kernel.Float) []choice {
		all := append(only512("q.pair", f.Panels(2)), only512("active == avx512", f.Panels(1))...)
		return append(all, choice{fmt.Sprintf("q.width == %d", f.Wide()), f.Panel(), base},
			choice{fmt.Sprintf("q.width > %d", f.Wide()/2), f.PanelTo(f.Wide()), base},
			choice{"", f.PanelTo(f.Wide() / 2), base})
	})
	both("firstTile",
		"firstTile computes the first tile of one or two panels of c, and packs the B that it reads.",
		"packed *T, following int", func(f kernel.Float) []choice {
			return append(only512("q.pair", f.PackingPanels()), choice{"", f.Packing(), base})
		})
	doc := "multiplyThin computes q.m rows of q.width columns of c."
	both("multiplyThin", doc, "", func(f kernel.Float) []choice {
		return append(only512("active == avx512", f.Thin(0)), choice{"", f.Thin(0), base})
	})
	b.narrow(w)
}

// narrow writes the functions that give products of few columns to the program for their number.
func (b build) narrow(w *text) {
	write := func(f kernel.Float, function string, set kernel.Set) {
		w.line("// %s computes m rows of up to four columns of c.", function)
		w.line("func %s(p *panelProduct[%s], m, bCol int, transposed bool) {", function, f.Name)
		var all []choice
		for cols := 1; cols <= 4; cols++ {
			of := func(condition string, transposed bool) choice {
				set := set
				if cols <= 2 && !transposed && set == kernel.AVX512 {
					set = kernel.AVX2 // whose program is faster
				}
				return choice{condition, f.Narrow(cols, transposed, 0, ""), set}
			}
			if cols == 4 {
				all = append(all, of("transposed", true), of("", false))
				break
			}
			condition := fmt.Sprintf("p.width == %d", cols)
			all = append(all, of(condition+" && transposed", true), of(condition, false))
		}
		choose(w, "p", all)
		w.line("}\n")
	}
	for _, set := range b.sets {
		write(kernel.Single, "narrow"+string(set), set)
		if set == kernel.AVX2 {
			write(kernel.Double, "narrow64"+string(set), set)
		}
	}
}

// packers writes the copying kernels of the set that is there on every processor with programs.
func (b build) packers(w *text) {
	w.line("// The copying kernels; see their stubs.\n")
	for _, k := range kernel.Packers() {
		var names []string
		for _, m := range parameter.FindAllStringSubmatch(k.Signature[len("func("):], -1) {
			names = append(names, m[1])
		}
		w.line("func %s%s {", k.Base(), strings.TrimPrefix(k.Signature, "func"))
		w.line("%s(%s)\n}\n", k.For(b.sets[len(b.sets)-1]).Name, strings.Join(names, ", "))
	}
}

// choose writes a switch over choices, or a call where there is one.
func choose(w *text, q string, choices []choice) {
	if len(choices) == 1 {
		w.line("%s", choices[0].call(q))
		return
	}
	w.line("switch {")
	for _, c := range choices {
		if c.condition == "" {
			w.line("default:")
		} else {
			w.line("case %s:", c.condition)
		}
		w.line("%s", c.call(q))
	}
	w.line("}")
}

// ofProduct are the arguments that are no field of panelProduct under their name.
var ofProduct = map[string]string{"n": "width", "columns": "columns()"}

// local are those that the method has by itself; m only in a narrow product.
var local = map[string]bool{"packed": true, "following": true, "bCol": true}

// parameter finds the names in a signature.
var parameter = regexp.MustCompile(`(\w+)(?: \*?\w+)?[,)]`)

// call is the call of the program on a panelProduct named q.
func (c choice) call(q string) string {
	_, list, _ := strings.Cut(c.kernel.Signature, "(")
	var arguments []string
	for _, m := range parameter.FindAllStringSubmatch(list, -1) {
		name := m[1]
		switch field := ofProduct[name]; {
		case local[name], q == "p" && name == "m":
			arguments = append(arguments, name)
		case field != "":
			arguments = append(arguments, q+"."+field)
		default:
			arguments = append(arguments, q+"."+name)
		}
	}
	return fmt.Sprintf("%s(%s)", c.kernel.For(c.set).Name, strings.Join(arguments, ", "))
}
