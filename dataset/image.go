package dataset

// Image tells how a row of values is an image.
type Image struct {
	Height   int `json:"height"`
	Width    int `json:"width"`
	Channels int `json:"channels"` // 1 is grey, 3 is red, green and blue
	// ChannelsFirst: the values of a channel stand together, as in PyTorch; otherwise those of a pixel do.
	ChannelsFirst bool `json:"channelsFirst,omitempty"`
}

// imageOf returns how a row of the given shape is an image, or nil where it is none. Images are H x W, 1 x H
// x W, H x W x 1, 3 x H x W and H x W x 3; where two of them fit, it is the one with the channels first.
func imageOf(shape []int) *Image {
	channels := func(n int) bool { return n == 1 || n == 3 }
	switch {
	case len(shape) == 2:
		return &Image{Height: shape[0], Width: shape[1], Channels: 1}
	case len(shape) == 3 && channels(shape[0]):
		return &Image{Height: shape[1], Width: shape[2], Channels: shape[0], ChannelsFirst: true}
	case len(shape) == 3 && channels(shape[2]):
		return &Image{Height: shape[0], Width: shape[1], Channels: shape[2]}
	}
	return nil
}

// At returns the place in a row of a channel of the pixel in row y and column x.
func (m Image) At(y, x, channel int) int {
	if m.ChannelsFirst {
		return (channel*m.Height+y)*m.Width + x
	}
	return (y*m.Width+x)*m.Channels + channel
}

// Size returns the number of values of an image.
func (m Image) Size() int { return m.Height * m.Width * m.Channels }
