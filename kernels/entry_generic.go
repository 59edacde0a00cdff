//go:build !(amd64 || arm64) || purego

package kernels

func gemm[T float](p *product[T]) { gemmGeneric(p) }

func packRows[T float](dst, src []T, stride, cols, rows int) {
	packRowsGeneric(dst, src, stride, cols, rows)
}

func packWide[T float](dst, src []T, stride, rows int) { packWideGeneric(dst, src, stride, rows) }

func packTransposed[T float](dst, src []T, stride, cols, rows int) {
	packTransposedGeneric(dst, src, stride, cols, rows)
}
