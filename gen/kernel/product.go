package kernel

import (
	"fmt"
	"strings"
)

// TileRows is the number of rows of a packed tile of A.
const TileRows = 6

// Float is a type of numbers: of floats, or of random words.
type Float struct {
	Name string
	Size int // bytes
}

// Single and Double are the types that there are.
var (
	Single = Float{"float32", 4}
	Double = Float{"float64", 8}
	Words  = Float{"uint64", 8}
)

// PanelBytes is the size of a row of a packed panel of B.
const PanelBytes = 64

// Wide is the number of columns of a panel.
func (f Float) Wide() int { return PanelBytes / f.Size }

// product declares a kernel of a product, with *T for a pointer to an element.
func (f Float) product(name, arguments string, doc ...string) Kernel {
	return declare(f.prefix()+name, "func("+strings.ReplaceAll(arguments, "*T", "*"+f.Name)+")", doc...)
}

func (f Float) prefix() string {
	if f == Double {
		return "gemm64"
	}
	return "gemm"
}

// Panel declares the product with a panel of B that is whole.
func (f Float) Panel() Kernel {
	return f.panel("Panel", "", f.Wide(), fmt.Sprintf("for i < m and j < %d.", f.Wide()))
}

// PanelTo declares the product with a panel of B of more than half of at most wide columns.
func (f Float) PanelTo(wide int) Kernel {
	least := wide / 2
	if wide < f.Wide() {
		least = 0
	}
	where := fmt.Sprintf("for i < m and j < width; %d < width <= %d.", least, wide)
	return f.panel("PanelTo", ", width int", wide, where)
}

func (f Float) panel(name, width string, wide int, where string) Kernel {
	return f.product(fmt.Sprintf("%s%d", name, wide),
		"m, k int, a *T, aRow, aCol, aTile int, b *T, bRow int, start *T, startRow int, c *T, cRow int"+width,
		fmt.Sprintf("multiplies m rows of A by a panel of %d columns of B, k > 0 deep:", wide),
		"",
		"\tsum = start[i*startRow+j]",
		"\tfor p < k: sum = fma(a[i/6*aTile + i%6*aRow + p*aCol], b[p*bRow+j], sum)",
		"\tc[i*cRow+j] = sum",
		"",
		where,
		"aRow or aCol is 1.")
}

// Packing declares the product of one tile with a panel of B, which it packs.
func (f Float) Packing() Kernel {
	return f.product("Packing",
		"k int, a *T, aRow, aCol int, b *T, bRow int, packed *T, start *T, startRow int, c *T, cRow int",
		fmt.Sprintf("computes %d rows of a panel of B as %s does, and packs it:", TileRows, f.Panel().Name),
		"",
		fmt.Sprintf("\tpacked[p*%d+j] = b[p*bRow+j]    for p < k, j < %d", f.Wide(), f.Wide()))
}

// Panels declares AVX-512's product with one panel of B, possibly cut, or with two whole ones.
func (f Float) Panels(panels int) Kernel {
	name, where := "Panel", "for the columns j of which bit j of columns is set."
	of := fmt.Sprintf("a panel of B, %d columns", f.Wide())
	if panels == 2 {
		name, where = "Panels", "for all their columns."
		of = fmt.Sprintf("two panels of B of %d columns, bPanel elements apart", f.Wide())
	}
	return f.product(name,
		"m, k int, a *T, aRow, aCol, aTile int, b *T, bRow, bPanel int, "+
			"start *T, startRow int, c *T, cRow int, columns uint32",
		fmt.Sprintf("multiplies m rows of A, k > 0 deep, by %s:", of),
		"",
		"\tsum = start[i*startRow+j]",
		"\tfor p < k: sum = fma(a[i/6*aTile + i%6*aRow + p*aCol], b[p*bRow+j], sum)",
		"\tc[i*cRow+j] = sum",
		"",
		where)
}

// PackingPanels declares AVX-512's product of one tile with two panels of B, which it packs.
func (f Float) PackingPanels() Kernel {
	wide := f.Wide()
	return f.product("Packing",
		"k int, a *T, aRow, aCol, aTile int, b *T, bRow int, packed *T, "+
			"start *T, startRow int, c *T, cRow, following int",
		fmt.Sprintf("computes %d rows of two panels of B as %s does, and packs them:",
			2*TileRows, f.Panels(2).Name),
		"",
		fmt.Sprintf("\tpacked[(q*k+p)*%d+j] = b[p*bRow+q*%d+j]    for q < 2, p < k, j < %d",
			wide, wide, wide),
		"",
		"Following is how many rows of c come next.")
}

// Thin declares a product of small inner dimension.
func (f Float) Thin(depth int) Kernel {
	wide := f.Wide()
	return f.product("Thin",
		"m, n, k int, a *T, aRow, aCol int, b *T, start *T, startRow int, c *T, cRow int",
		fmt.Sprintf("multiplies m > 0 rows of A by n columns of packed panels of B, 0 < k <= %d deep:",
			depth),
		"",
		"\tsum = start[i*startRow+j], or 0 if start is nil",
		fmt.Sprintf("\tfor p < k: sum = fma(a[i*aRow+p*aCol], b[(j/%d*k+p)*%d + j%%%d], sum)",
			wide, wide, wide),
		"\tc[i*cRow+j] = sum")
}

// Narrow declares a product with few columns. If transposed, the rows of a column of A lie side by side.
// start is where the chains begin.
func (f Float) Narrow(cols int, transposed bool, rows int, start string) Kernel {
	name, element := "Narrow", "a[i*aRow+p]"
	if transposed {
		name, element = "NarrowT", "a[i+p*aRow]"
	}
	return f.product(fmt.Sprintf("%s%d", name, cols),
		"m, k int, a *T, aRow int, b *T, bRow, bCol int, start *T, startRow int, c *T, cRow int",
		fmt.Sprintf("multiplies m >= %d rows of A by %d columns of B, k > 0 deep:",
			rows, cols),
		"",
		"\tsum = "+start,
		"\tfor p < k: sum = fma("+element+", b[p*bRow+j*bCol], sum)",
		"\tc[i*cRow+j] = sum")
}

// StartOfRow is where the chains of a narrow product begin that may begin elsewhere in each row.
const StartOfRow = "start[i*startRow+j]"
