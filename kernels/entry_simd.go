//go:build (amd64 || arm64) && !purego

package kernels

func gemm[T float](p *product[T]) {
	if active != generic {
		gemmTiled(p)
		return
	}
	gemmGeneric(p)
}
