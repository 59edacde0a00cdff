package smld

import "testing"

// long skips a test that takes many steps of many samples. It does so where tests are to be short, under the
// race detector and under emulation. What such a test shows does not depend on the processor.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes long")
	}
}
