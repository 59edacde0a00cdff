package main

import "testing"

// TestLossCurve: the curve's size has a bound, and thinning loses no mean.
func TestLossCurve(t *testing.T) {
	c := &lossCurve{}
	for i := range 1_000_003 {
		c.add(float64(i), 0)
	}
	if n := len(c.points); n < 1000 || n >= 4000 || cap(c.points) > 8000 {
		t.Errorf("%d points in room for %d", n, cap(c.points))
	}
	if got := c.last.Mean(); got != 1_000_002-99.5 {
		t.Errorf("mean %v", got)
	}
	for i, p := range c.points {
		if p.step != (i+1)*c.every || p.loss != float64(p.step-1) || p.mean != float64(p.step-1)-99.5 {
			t.Fatalf("point %d is %+v, every %d", i, p, c.every)
		}
	}
	few := &lossCurve{}
	few.add(3, 0)
	few.add(5, 0)
	if len(few.points) != 2 || few.last.Mean() != 4 {
		t.Errorf("%+v, mean %v", few.points, few.last.Mean())
	}
}
