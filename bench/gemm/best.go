package main

import (
	"math"
	"time"
)

// The rule for repeats, which the C driver follows too: a first call by itself, which starts workers and
// allocates; then twice as many calls as before until they take a quarter of a repeat, which sets how many
// make up a repeat.
const (
	repeats = 15
	length  = 2e-3 // seconds of a repeat, or one call where that takes longer
)

// best returns the seconds that a call of f takes in the fastest repeat.
func best(f func()) float64 {
	f()
	calls := 1
	seconds := run(f, calls)
	for seconds < length/4 {
		calls *= 2
		seconds = run(f, calls)
	}
	calls = max(1, int(length/seconds*float64(calls)))
	fastest := math.Inf(1)
	for range repeats {
		fastest = min(fastest, run(f, calls)/float64(calls))
	}
	return fastest
}

// run returns the seconds that so many calls take.
func run(f func(), calls int) float64 {
	start := time.Now()
	for range calls {
		f()
	}
	return time.Since(start).Seconds()
}
