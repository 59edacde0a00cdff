package metrics

import "testing"

// TestStreams: each purpose has streams of its own, with room for what it counts, among those that kernels.Noise says are
// this package's.
func TestStreams(t *testing.T) {
	const room = 1 << 20
	streams := []uint64{streamDirections, streamScore, streamDivergence, streamSplits, streamOrder}
	for i, s := range streams {
		if s < 1<<40 || s+room > 1<<44 {
			t.Errorf("stream %#x is not from 2^40 on and below 2^44", s)
		}
		for _, o := range streams[:i] {
			if max(s, o)-min(s, o) < room {
				t.Errorf("streams %#x and %#x overlap", s, o)
			}
		}
	}
}
