package dataset

import (
	"encoding/binary"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestSetOf tells images from vectors, whole numbers from others, and float32 from float64.
func TestSetOf(t *testing.T) {
	little := binary.LittleEndian
	for _, c := range []struct {
		what    string
		data    []byte
		o       Options
		shape   []int
		image   *Image
		columns []Column
		whole   bool
		double  bool
	}{
		{"vectors", npyOf("<f4", "(2, 2)", floats(little, 1, 2.5, 3, -1)...), Options{}, []int{2}, nil,
			[]Column{{Kind: Integer, Low: 1, High: 3}, {Kind: Number, Low: -1, High: 2.5}}, false, false},
		{"doubles", npyOf("<f8", "(2,)", doubles(little, 0.1, 1e39)...), Options{}, []int{1}, nil,
			[]Column{{Kind: Number, Low: 0.1, High: 1e39}}, false, true},
		{"whole doubles", npyOf("<f8", "(2,)", doubles(little, -4, 16777217)...), Options{}, []int{1}, nil,
			[]Column{{Kind: Integer, Low: -4, High: 16777217}}, true, true},
		{"grey", npyOf("|u1", "(1, 2, 3)", 1, 2, 3, 4, 5, 6), Options{}, []int{2, 3},
			&Image{Height: 2, Width: 3, Channels: 1}, nil, true, false},
		{"grey, channel first", npyOf("|u1", "(1, 1, 2, 3)", 1, 2, 3, 4, 5, 6), Options{}, []int{1, 2, 3},
			&Image{Height: 2, Width: 3, Channels: 1, ChannelsFirst: true}, nil, true, false},
		{"grey, channel last", npyOf("|u1", "(1, 2, 3, 1)", 1, 2, 3, 4, 5, 6), Options{}, []int{2, 3, 1},
			&Image{Height: 2, Width: 3, Channels: 1}, nil, true, false},
		{"RGB, channels first", npyOf("|u1", "(1, 3, 2, 2)", make([]byte, 12)...), Options{}, []int{3, 2, 2},
			&Image{Height: 2, Width: 2, Channels: 3, ChannelsFirst: true}, nil, true, false},
		{"RGB, channels last", npyOf("|u1", "(1, 2, 2, 3)", make([]byte, 12)...), Options{}, []int{2, 2, 3},
			&Image{Height: 2, Width: 2, Channels: 3}, nil, true, false},
		{"flat", npyOf("|u1", "(1, 6)", 1, 2, 3, 4, 5, 6), Options{Shape: []int{2, 3}}, []int{2, 3},
			&Image{Height: 2, Width: 3, Channels: 1}, nil, true, false},
		{"a volume", npyOf("|u1", "(1, 2, 1, 2)", 1, 2, 3, 4), Options{}, []int{2, 1, 2}, nil,
			[]Column{{Kind: Integer, Low: 1, High: 1}, {Kind: Integer, Low: 2, High: 2}, {Kind: Integer, Low: 3, High: 3},
				{Kind: Integer, Low: 4, High: 4}}, true, false},
	} {
		s, err := readOptions("a.npy", c.data, c.o)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if !slices.Equal(s.Shape, c.shape) || !reflect.DeepEqual(s.Image, c.image) || !reflect.DeepEqual(s.Columns, c.columns) ||
			s.Whole != c.whole || s.Double != c.double {
			t.Errorf("%s: shape %v, image %+v, columns %+v, whole %v, double %v", c.what, s.Shape, s.Image, s.Columns, s.Whole, s.Double)
		}
	}
	missing, err := readOptions("a.csv", []byte("x,y\n1,\n2,0.5\n"), Options{Missing: true})
	if err != nil || missing.Whole || !missing.Double || missing.Columns[1].Decimals != 1 {
		t.Errorf("halves and missing values: %+v, %v", missing, err)
	}
	missing, err = readOptions("a.csv", []byte("x,y\n1,\n2,5\n"), Options{Missing: true})
	if err != nil || !missing.Whole || missing.Double {
		t.Errorf("whole and missing values: %+v, %v", missing, err)
	}
	wide, err := readOptions("a.npy", npyOf("<f8", "(1, 1)", 0, 0, 0, 0, 0, 0, 0x1c, 0x40), Options{})
	if err != nil || !wide.Whole || !wide.Double || wide.X.Data[0] != 7 {
		t.Errorf("a whole number in float64: %+v, %v", wide, err)
	}
	_, err = readOptions("a.npy", npyOf("|u1", "(1, 6)", 1, 2, 3, 4, 5, 6), Options{Shape: []int{2, 4}})
	if err == nil || !strings.Contains(err.Error(), "[2 4]") {
		t.Errorf("six values as 2x4: %v", err)
	}
}
