package detmath

// Mul returns x*y, rounded before it goes on. The compiler may fuse a bare product with the sum that it feeds,
// on some architectures.
func Mul(x, y float64) float64 { return float64(x * y) }

// Square returns x*x, rounded before it goes on, as Mul does.
func Square(x float64) float64 { return float64(x * x) }
