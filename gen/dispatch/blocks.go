package dispatch

import (
	"fmt"
	"strings"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// vectorBytes is the size of a vector.
var vectorBytes = map[kernel.Set]int{kernel.AVX2: 32, kernel.AVX512: 64, kernel.NEON: 16}

// blocks writes the struct that the kernels of blocks take, their heights, and the choice among them.
func (b build) blocks(w *text) {
	w.line("// blockProduct holds what the kernels of blocks take, in their order.")
	w.line("type blockProduct[T float] struct {")
	for _, f := range kernel.BlockFields {
		comment := ""
		if f.Doc != "" {
			comment = " // " + f.Doc
		}
		w.line("%s %s%s", f.Name, f.Type, comment)
	}
	w.line("}\n")
	w.line("// multiply computes a block of so many vectors of columns.")
	t := "_" // where there is one set
	if len(b.sets) > 1 {
		t = "t"
	}
	w.line("func (q *blockProduct[T]) multiply(vectors int, %s *tiling) {", t)
	w.line("arguments := (*byte)(unsafe.Pointer(q))")
	w.line("switch {")
	for _, f := range []kernel.Float{kernel.Single, kernel.Double} {
		for _, set := range b.sets {
			conditions := []string{fmt.Sprintf("unsafe.Sizeof(*q.c) == %d", f.Size)}
			if set == kernel.AVX512 {
				conditions = append(conditions, "t == tilingAVX512")
			}
			for _, cut := range []bool{false, true} {
				if set == kernel.AVX512 && !cut {
					continue
				}
				conditions := conditions
				if !cut {
					conditions = append(conditions, fmt.Sprintf("q.width == %d", vectorBytes[set]/f.Size))
				}
				w.line("case %s:\nswitch vectors {", strings.Join(conditions, " && "))
				for v := 1; v <= kernel.BlockVectors; v++ {
					w.line("case %d:\n%s(arguments)", v, f.Block(v, cut).For(set).Name)
				}
				w.line("}")
			}
		}
	}
	w.line("}\n}\n")
}

// blockTable writes the sizes of tiles, which plans are made of on any processor.
func blockTable(w *text) {
	w.line("package kernels\n")
	w.line("// blockVectors is the number of vectors up to which a block has columns.")
	w.line("const blockVectors = %d\n", kernel.BlockVectors)
	for _, set := range []kernel.Set{kernel.AVX2, kernel.AVX512, kernel.NEON} {
		w.line("// blockRows%s has a tile's most rows, by its vectors and whether the last one is cut.", set)
		w.line("var blockRows%s = [2][blockVectors + 1]uint8{", set)
		for _, cut := range []bool{false, true} {
			rows := []string{"0"}
			for v := 1; v <= kernel.BlockVectors; v++ {
				rows = append(rows, fmt.Sprint(kernel.BlockRows(set, v, cut)))
			}
			w.line("{%s},", strings.Join(rows, ", "))
		}
		w.line("}\n")
	}
}
