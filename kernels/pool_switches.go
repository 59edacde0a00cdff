//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package kernels

// involuntarySwitches would return how often the system has taken a core away from this process.
func involuntarySwitches() int64 { return 0 }
