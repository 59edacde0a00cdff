//go:build (amd64 || arm64) && !purego

package kernels

import "unsafe"

// panelProduct holds the arguments of the panels' kernels.
type panelProduct[T float] struct {
	m, k              int
	a                 *T
	aRow, aCol, aTile int
	b                 *T
	bRow              int
	start             *T
	startRow          int
	c                 *T
	cRow              int
	width             int // columns of the panel that are there

	pair   bool // two whole panels, bPanel elements apart
	bPanel int
}

// offset is the address of the element n further.
func offset[T float](p *T, n int) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(p), n*int(unsafe.Sizeof(*p))))
}
