package kernel

// Functions are the functions of a network. The definition of one, on one number, has its name, and that of
// its derivative its name and Slope.
var Functions = []Function{
	{Name: "exp"},
	{Name: "log"},
	{Name: "sigmoid", Grad: true},
	{Name: "softplus", Grad: true},
	{Name: "tanh", Grad: true},
	{Name: "elu", Grad: true},
	{Name: "silu", Grad: true},
}

// Function is a function of one number.
type Function struct {
	Name string
	Grad bool // has a backward pass
}

// Value declares the kernel of a function.
func (f Function) Value() Kernel {
	return declare(f.Name, "func(dst, x *float32, n int)",
		"sets n elements of dst to the "+f.Name+" of those of x.")
}

// Slope declares the kernel of its backward pass.
func (f Function) Slope() Kernel {
	return declare(f.Name+"Grad", "func(dst, dy, x *float32, n int)",
		"sets n elements of dst to those of dy times the slope of "+f.Name+" at x.")
}
