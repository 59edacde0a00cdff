package kernel

import "fmt"

// Transposers from rows to columns.
var (
	Transpose8 = declare("transpose8", transposing("float32"),
		"sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 8 and j < n; n is a multiple of 8.")
	Transpose6 = declare("transpose6", transposing("float32"),
		"sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 6 and j < n; n is a multiple of 8.",
		"It also writes to dst[j*dstRow+6] and dst[j*dstRow+7], each before the elements of column j+1.")
	Transpose16 = declare("transpose16", transposing("float32"),
		"sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 16 and j < n; n > 0 is a multiple of 4.")
	Transpose4   = transpose64("transpose4", 4)
	Transpose6x4 = transpose64("transpose6x4", TileRows)
)

func transpose64(name string, height int) Kernel {
	return declare(name, transposing("float64"),
		fmt.Sprintf("sets dst[j*dstRow+i] = src[i*srcRow+j] for i < %d and j < n; ", height)+
			"n is a multiple of 4.")
}

func transposing(float string) string {
	return "func(dst *" + float + ", dstRow int, src *" + float + ", srcRow, n int)"
}

// Copy declares a copy of rows of so many 32-bit words, one after the other.
func Copy(width int) Kernel {
	return declare(fmt.Sprintf("copy%d", width), "func(dst, src *float32, srcRow, n int)",
		"sets dst[p*w+j] = src[p*srcRow+j] for p < n and j < w, with w the number in its name; n > 0.")
}

// CopyTiles declares a copy of rows to several tiles or panels at once. distance names the argument that
// holds the distance between them.
func CopyTiles(width, tiles int, distance string) Kernel {
	return declare(fmt.Sprintf("copy%dx%d", tiles, width),
		"func(dst *float32, "+distance+" int, src *float32, srcRow, n int)",
		fmt.Sprintf("sets dst[q*%s+p*%d+j] = src[p*srcRow+q*%d+j] for q < %d, p < n and j < %d; n > 0.",
			distance, width, width, tiles, width))
}

// CopyScaled declares a copy times a factor.
func CopyScaled(f Float) Kernel {
	name := "copyScaled"
	if f == Double {
		name += "64"
	}
	return declare(name, fmt.Sprintf("func(dst, src *%s, n int, alpha %s)", f.Name, f.Name),
		fmt.Sprintf("sets dst[i] = alpha*src[i] for i < n; n > 0 is a multiple of %d.", 32/f.Size))
}

// Packers are the copying kernels that AVX2 and NEON both have.
func Packers() []Kernel {
	all := []Kernel{Copy(16), CopyTiles(16, 4, "dstPanel"), Transpose8, Transpose6, Transpose4, Transpose6x4}
	all = append(all, CopyScaled(Single), CopyScaled(Double))
	for _, width := range []int{TileRows, 2 * TileRows} {
		all = append(all, Copy(width), CopyTiles(width, 4, "dstTile"), CopyTiles(width, 8, "dstTile"))
	}
	return all
}
