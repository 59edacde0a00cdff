package dataset

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
)

//go:embed digits/digits8-train-images-idx3-ubyte.gz
var digitImages []byte

//go:embed digits/digits8-train-labels-idx1-ubyte.gz
var digitLabels []byte

// Digits returns 1,500 handwritten digits, 8x8 pixels with values 0 to 16, and their labels 0 to 9: the UCI "Optical
// Recognition of Handwritten Digits" (E. Alpaydin, C. Kaynak), CC BY 4.0. Each call returns a copy of its own.
func Digits() (*Set, error) {
	set, err := readMember("digits8-train-images-idx3-ubyte.gz", digitImages)
	if err != nil {
		return nil, err
	}
	labels, err := readMember("digits8-train-labels-idx1-ubyte.gz", digitLabels)
	if err != nil {
		return nil, err
	}
	if labels.X.Rows != set.X.Rows {
		return nil, fmt.Errorf("the embedded digits have %d images and %d labels", set.X.Rows, labels.X.Rows)
	}
	set.Name = "digits"
	set.Classes = numbers(10)
	set.Labels = make([]int, labels.X.Rows)
	for i := range set.Labels {
		set.Labels[i] = int(labels.X.Row(i)[0])
	}
	return set, nil
}

// readMember reads an embedded file.
func readMember(name string, data []byte) (*Set, error) {
	return read(name, io.NewSectionReader(bytes.NewReader(data), 0, int64(len(data))), Options{})
}
