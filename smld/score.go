package smld

import "github.com/seed964deb49/langevin/kernels"

// Score is the score of the data's distribution at any noise level.
type Score interface {
	// Dim returns the dimension of a point.
	Dim() int
	// Score sets row i of dst to the gradient of log p_sigma at row i of x, with p_sigma the data's distribution
	// convolved with N(0, sigma^2 I). A row's result does not depend on the other rows. dst and x do not overlap.
	Score(dst, x kernels.Matrix, sigma float32)
}
