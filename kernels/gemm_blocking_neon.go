package kernels

// neonBlocking is that of NEON.
func neonBlocking() blocking {
	b := commonBlocking()
	b.tiling = tilingNEON
	return b
}
