package smld

import "testing"

// TestStreams: the purposes of random numbers have the numbers that results of earlier seeds come from.
func TestStreams(t *testing.T) {
	for i, got := range []int{
		streamInit, streamLevels, streamTrain, streamPrior, streamSample, streamComponents, streamPoints,
		streamCorrector, streamProbe,
		streamKnown, streamDequantize, 12, streamHeldOut, streamAxes, streamParticles, streamResampling,
		streamDropout,
	} {
		if got != i+1 {
			t.Errorf("purpose %d has number %d", i+1, got)
		}
	}
	if s := stream(7, streamDropout, 5); s.Seed != 7 || s.Stream != 17<<48|5 {
		t.Errorf("%+v", s)
	}
}
