// Package kernels is a backend of SIMD kernels for float32 that needs no cgo: matrix products (in float64 too), dense
// layers, Gaussian noise made in registers, Langevin updates, and the functions of a network's training step.
//
// # One seed, one result
//
// The pure-Go code of this package is the definition of every kernel. The AVX2, AVX-512 and NEON assembly returns the
// same bits, for any length, alignment and number of cores, because all keep to this contract:
//
//  1. Arithmetic is IEEE-754 binary32, rounded to nearest even, with subnormal numbers. It consists of + - * /, square
//     root, fused multiply-add, conversions, and operations on bits; there are no estimates. NaN gives NaN, with
//     unspecified sign and payload.
//  2. A product that feeds a sum is either rounded first or fused; the documentation says which, and writes fma(x, y, z)
//     for x*y + z rounded once.
//  3. Each element of a matrix product is one chain of fused multiply-adds in ascending order of the inner dimension.
//  4. Functions such as exp are one fixed sequence of these operations, with a stated maximum error.
//  5. Sums over many elements have one fixed order.
//  6. Noise is a pure function of seed, stream and element index (Philox4x32-10 and Box and Muller's transform).
//
// # Use
//
// Kernels accept every length and alignment, zero included, and allocate nothing. They may be called from many
// goroutines at once, and share long work out over the cores by themselves. A wrong shape panics with the function's
// name and the sizes. Where a slice may be both input and output the documentation says so. Operands overlap where they share an
// element: blocks of columns of one matrix lie apart, and so does a vector between two rows.
//
// The implementation is chosen once, at start: on amd64, AVX2 where the processor has it together with FMA, with AVX-512
// for most kernels where it has that too; on arm64, NEON, which every such processor has; otherwise the definition. The
// build tag purego leaves the assembly out. The environment variable LANGEVIN_BACKEND selects an implementation by name:
// "avx512", "avx2", "neon", "generic", or "auto" for the fastest. A name of no implementation of this machine is as "auto", and
// BackendError says so.
package kernels
