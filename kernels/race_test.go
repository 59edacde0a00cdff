//go:build race

package kernels

// race is set where the race detector runs, under which a sync.Pool forgets values at random.
const race = true
