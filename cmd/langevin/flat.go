package main

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/dataset"
)

// flatImages says of rows of numbers that may be images how they become such, or nothing: as many values as a
// square image of eight pixels or more across has, grey or in colour, that are whole from 0 to 65535, or from
// 0 to 1.
func flatImages(set *dataset.Set) string {
	const least, most = 8, 65535
	if set.Image != nil || len(set.Shape) != 1 {
		return ""
	}
	largest := 1.0
	if set.Whole {
		largest = most
	}
	for _, c := range set.Columns {
		if c.Kind == dataset.Category || c.Low < 0 || c.High > largest {
			return ""
		}
	}
	for _, channels := range []int{1, 3} {
		side := int(math.Sqrt(float64(set.X.Cols / channels)))
		if side < least || channels*side*side != set.X.Cols {
			continue
		}
		shape := fmt.Sprintf("%dx%d", side, side)
		if channels > 1 {
			shape += fmt.Sprintf("x%d", channels)
		}
		return fmt.Sprintf("the %d values of a row are learned as columns: if they are the pixels of an image, say so by --shape %s",
			set.X.Cols, shape)
	}
	return ""
}
