package kernels

func dotRowsGeneric[T float, M interface{ Row(i int) []T }](dst []T, a M, x []T) {
	for i := range dst {
		dotBlocksGeneric(dst[i:i+1], a.Row(i), x)
		dst[i] = unsigned(dst[i])
	}
}
