package kernels

// avx2Blocking is that of AVX2.
func avx2Blocking() blocking {
	b := commonBlocking()
	b.tiling = tilingAVX2
	return b
}

// avx512Blocking is that of AVX-512, for caches of so many bytes. Processors with AVX-512 have more of the
// second-level cache, so that all rows may be one strip, and B is packed on its way. The first-level cache
// holds a line a page apart in each of its ways, which are a page each.
func avx512Blocking(firstLevel, secondLevel int) blocking {
	b := commonBlocking()
	b.tiling = tilingAVX512
	b.pairs = true
	b.stripBytes = 1 << 19
	b.wholeBytes = secondLevel / 2
	b.cacheWays = firstLevel / pageBytes
	b.readsRows = true
	b.farBytes = 1 << 18
	b.farPanels = 24
	b.swapBytes = 1 << 21
	b.sharingWork = 3 << 16
	return b
}
