// Package picture draws score models and what comes of them: samples beside true points, images, tables, score
// fields, the way of particles from noise to data, and the losses of a training. All pictures have one look.
//
// A Picture is written as PNG or SVG, an Animation as GIF:
//
//	p, err := picture.Samples(model, model.Rows(x), picture.SamplesOptions{True: set.X})
//	err = p.Save("samples.svg")
//
// Single plots are 3.5 inches wide, a column of most journals, and plots beside each other 7. PNG has 240 dots an
// inch. Margins follow from the extents of the labels, so that nothing is cut. Text of an SVG is text.
//
// A picture follows from what it shows: drawn again, it has the same bytes. The arithmetic of coordinates is
// that of the processor, so pixels at the edge of a mark may differ by a level between architectures.
package picture
