package dataset

// Image tells how a row of values is an image.
type Image struct {
	Height   int `json:"height"`
	Width    int `json:"width"`
	Channels int `json:"channels"` // 1 is grey, 3 is red, green and blue
	// ChannelsFirst: the values of a channel stand together, as in PyTorch; otherwise those of a pixel do.
	ChannelsFirst bool `json:"channelsFirst,omitempty"`
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
