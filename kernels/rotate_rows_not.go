//go:build !(amd64 || arm64) || purego

package kernels

func rotateColumns() int { return 1 }

// columns is not called: the definition does all sweeps.
func (r *rowRotation) columns(int, int) { panic("kernels: no program rotates rows") }
