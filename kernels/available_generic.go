//go:build !(amd64 || arm64) || purego

package kernels

// available lists the implementations that this machine runs, fastest first.
var available = []backend{generic}
