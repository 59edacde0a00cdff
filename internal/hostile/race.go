//go:build race

package hostile

// slow is how many times as much the race detector allocates and takes.
const slow = 16
