// Package kernel declares the kernels: their names, arguments and contracts, which the programs of all instruction sets
// take from here.
package kernel

import (
	"fmt"
	"strings"
)

// Kernel is the declaration of a kernel. @ stands for the instruction set.
type Kernel struct {
	Name      string
	Signature string
	Doc       []string
}

// For returns the declaration for an instruction set.
func (k Kernel) For(set string) Kernel {
	named := func(s string) string { return strings.ReplaceAll(s, "@", set) }
	k.Name = named(k.Name)
	doc := make([]string, len(k.Doc))
	for i, line := range k.Doc {
		doc[i] = named(line)
	}
	k.Doc = doc
	return k
}

// declare returns a kernel whose documentation begins with its name.
func declare(name, signature string, doc ...string) Kernel {
	doc[0] = name + "@ " + doc[0]
	return Kernel{name + "@", signature, doc}
}

// Noise declares a noise kernel on a number of groups or on pairs of them.
func Noise(name, operands string, pairs bool) Kernel {
	count, on := "groups", "a number of groups"
	if pairs {
		count, on = "pairs", "pairs of groups"
	}
	return declare(name, "func("+operands+", "+count+" int, seed, stream, group uint64)",
		"is "+name+"GroupsGeneric on "+on+"; the low half of the block counter,",
		"4*group, must not overflow on the way.")
}

// Function declares a function of a network.
func Function(name string) Kernel {
	return declare(name, "func(dst, x *float32, n int)", "sets n elements of dst to the "+name+" of those of x.")
}

// Grad declares the backward pass of a function.
func Grad(name string) Kernel {
	return declare(name+"Grad", "func(dst, dy, x *float32, n int)",
		"sets n elements of dst to those of dy times the slope of "+name+" at x.")
}

// Layer declares the activation of a layer without its slope.
var Layer = declare("siluLayer", "func(dst, x *float32, n int)", "sets n elements of dst to what siluWithSlope does.")

// SiLUWithSlope declares the activation of a layer with its slope.
var SiLUWithSlope = declare("siluWithSlope", "func(dst, slope, x *float32, n int)", "is siluWithSlopeGeneric on n elements.")

// Adam declares an update, with or without the moving average.
func Adam(average bool) Kernel {
	name, operands := "adam", "p, grad, m, v"
	if average {
		name, operands = "adamEMA", "p, grad, m, v, avg"
	}
	return declare(name, "func("+operands+" *float32, n int, step *float32)",
		"is adamGeneric on n elements; step is the first field of an AdamStep.")
}

// Kernels on vectors and matrices of float32.
var (
	EMA      = declare("ema", "func(avg, x *float32, n int, rate float32)", "is emaGeneric on n elements.")
	Hadamard = declare("hadamard", "func(dst, x *float32, n int)", "is hadamardGeneric on n elements.")
	Drift    = declare("drift", "func(x, score *float32, n int, drift float32)", "is driftGeneric on n elements.")

	AddRows = declare("addRows", "func(dst, a *float32, rows, cols, stride int)",
		"is addRowsGeneric; rows and cols are positive.")
	SumSquares = declare("sumSquares", "func(sum *float64, x *float32, n int)",
		"sets sum to sumSquaresGeneric of n elements.")

	PerturbRows = rows("perturbRows",
		"dst, x, shift, sigma, scale, z *float32, rows, cols, dstStride, xStride int")
	LangevinRows = rows("langevinRows",
		"x, score, drift, diffusion, z *float32, rows, cols, xStride, scoreStride int")
	CombineRows = rows("combineRows", "dst, x, y, a, b *float32, rows, cols, dstStride, xStride, yStride int")
	AddSquares  = rows("addSquares", "sums, x *float32, rows, cols, stride int")
	MatchScore  = rows("matchScore",
		"df, y, f, a, b, gradient, loss, z *float32, rows, cols, dfStride, yStride, fStride int")
)

// rows declares a kernel on rows.
func rows(name, arguments string) Kernel {
	return declare(name, "func("+arguments+")", fmt.Sprintf("is %sGeneric; rows and cols are positive.", name))
}
