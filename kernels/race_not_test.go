//go:build !race

package kernels

// race is set where the race detector runs.
const race = false
