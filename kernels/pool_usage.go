//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package kernels

// processUsage is nothing where the system does not tell how often it has taken a core away.
func processUsage() usage { return usage{} }
