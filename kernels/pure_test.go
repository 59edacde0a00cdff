//go:build purego

package kernels

const pure = true
