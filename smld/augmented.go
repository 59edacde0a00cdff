package smld

import "github.com/seed964deb49/langevin/kernels"

// Augmented is a Source that changes the points of another, such as by moving images. It tells in a few
// numbers how it changed a point, zeros for a point as it was. A network that is told can learn from the
// changed points without making such points itself, since samples have labels of zero (the non-leaking
// augmentation of Karras et al. 2022, Appendix F.2).
type Augmented interface {
	Source
	// AugmentLabels returns how many numbers tell of a point.
	AugmentLabels() int
	// AugmentedBatch does what Batch does, and sets row r of labels to the labels of point first+r.
	AugmentedBatch(dst, labels kernels.Matrix, first uint64)
}

// augmentLabels returns how many numbers tell how a source's points were changed.
func augmentLabels(s Source) int {
	if a, ok := s.(Augmented); ok {
		return a.AugmentLabels()
	}
	return 0
}
