//go:build !purego

package kernels

const pure = false
