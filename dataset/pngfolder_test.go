package dataset

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed964deb49/langevin/internal/hostile"
)

// TestFoldersOfPillow reads folders that Pillow wrote, each with its values as NumPy has them.
func TestFoldersOfPillow(t *testing.T) {
	folders, err := filepath.Glob("testdata/png-*")
	if err != nil || len(folders) != 7 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	for _, folder := range folders {
		want, err := Open(filepath.Join(folder, "values.npy"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Load(folder, 1, Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		if got.Name != filepath.Base(folder) || !slices.Equal(got.Shape, want.Shape) || !slices.Equal(got.X.Data, want.X.Data) {
			t.Errorf("%s: rows of %v, %v, want %v, %v", folder, got.Shape, got.X.Data, want.Shape, want.X.Data)
		}
		about := "2 rows of the shape " + sizes(want.Shape) + `, from 2 .png files, and without the other 1 file of the folder, such as "values.npy"`
		if got.About != about {
			t.Errorf("%s: %q, want %q", folder, got.About, about)
		}
		image := Image{Height: 3, Width: 4, Channels: len(want.X.Row(0)) / 12}
		if got.Image == nil || *got.Image != image || got.Columns != nil {
			t.Errorf("%s: the image is %v, want %v", folder, got.Image, image)
		}
	}
}

// pngFile returns an image as a file.
func pngFile(m image.Image) *fstest.MapFile {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

// TestDeepColours reads 16 bits of colour, with and without alpha, of images that have as many rows as channels.
func TestDeepColours(t *testing.T) {
	m, a := image.NewRGBA64(image.Rect(0, 0, 2, 3)), image.NewNRGBA64(image.Rect(0, 0, 2, 3))
	var want []float64
	for i := range 6 {
		c := color.NRGBA64{R: uint16(1000 * i), G: 0xabcd, B: uint16(i), A: 0xffff}
		m.Set(i%2, i/2, c)
		a.Set(i%2, i/2, c)
		want = append(want, float64(c.R), float64(c.G), float64(c.B))
	}
	want = append(want, want...)
	s, err := readPNGFolder("d", fstest.MapFS{"b.png": pngFile(m), "a.PNG": pngFile(a), ".x": {}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.X.Data, want) || !slices.Equal(s.Shape, []int{3, 2, 3}) || s.Image.ChannelsFirst {
		t.Errorf("rows of %v: %v", s.Shape, s.X.Data)
	}
	if want := "2 rows of the shape 3x2x3, from 2 .png files"; s.About != want {
		t.Errorf("%q, want %q", s.About, want)
	}
}

func TestPNGFolderErrors(t *testing.T) {
	grey, colour := image.NewGray(image.Rect(0, 0, 4, 3)), image.NewRGBA(image.Rect(0, 0, 4, 3))
	for i := range colour.Pix {
		colour.Pix[i] = 255
	}
	wide, deep := image.NewGray(image.Rect(0, 0, 5, 3)), image.NewGray16(image.Rect(0, 0, 4, 3))
	glass := image.NewNRGBA(image.Rect(0, 0, 4, 3))
	copy(glass.Pix, colour.Pix)
	glass.Pix[4*(1*4+2)+3] = 254
	good := pngFile(grey)
	cut := &fstest.MapFile{Data: good.Data[:len(good.Data)-20]}
	mangled := &fstest.MapFile{Data: bytes.Clone(good.Data)}
	mangled.Data[45]++
	for _, c := range []struct {
		dir  fstest.MapFS
		want string
	}{
		{fstest.MapFS{}, "d: is a directory without .png files; name a data file in it"},
		{fstest.MapFS{"a.jpg": good, "b": good, ".c.png": good}, `without .png files; name a data file in it, such as "a.jpg", "b"`},
		{fstest.MapFS{"a.png": good, "b.png": pngFile(wide)},
			"d/b.png: the image is 5x3 in grey of 8 bits (width by height), and that of a.png is 4x3 in grey of 8 bits"},
		{fstest.MapFS{"a.png": good, "b.png": pngFile(colour)}, "d/b.png: the image is 4x3 in colour of 8 bits"},
		{fstest.MapFS{"a.png": good, "b.png": pngFile(deep)}, "d/b.png: the image is 4x3 in grey of 16 bits"},
		{fstest.MapFS{"a.png": pngFile(colour), "b.png": pngFile(glass)}, "d/b.png: the pixel in row 2, column 3 is not opaque"},
		{fstest.MapFS{"a.png": good, "b.png": cut}, "d/b.png: the image is cut short or damaged"},
		{fstest.MapFS{"a.png": good, "b.png": mangled}, "d/b.png: the image is cut short or damaged"},
		{fstest.MapFS{"a.png": good, "b.png": {Data: []byte("GIF89a")}}, "d/b.png: is not a .png file: it starts with the bytes 47 49"},
		{fstest.MapFS{"a.png": good, "b.png": {}}, "d/b.png: is not a .png file"},
		{fstest.MapFS{"a.png": pngOf(1<<14, 1<<14, 0)}, "out of proportion"},
		{fstest.MapFS{"a.png": pngOf(1<<31-1, 1<<31-1, 2)}, "which no image here may be"},
		{fstest.MapFS{"a.png": pngOf(0, 3, 2)}, "which no image here may be"},
	} {
		_, err := readPNGFolder("d", c.dir, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), "d") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// pngOf returns the start of a file with a header of that size and colour type.
func pngOf(width, height uint32, colour byte) *fstest.MapFile {
	data := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	for _, n := range []uint32{width, height} {
		data = append(data, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return &fstest.MapFile{Data: append(data, 8, colour, 0, 0, 0, 0, 0, 0, 0)}
}

// FuzzPNG reads arbitrary bytes as the only image of a folder.
func FuzzPNG(f *testing.F) {
	paths, err := filepath.Glob("testdata/png-*/0.png")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(pngOf(1<<20, 1<<20, 0).Data)
	f.Add(pngOf(1000, 1000, 6).Data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var s *Set
		var err error
		hostile.Read(t, max(inflatedAlways, inflatedRatio*len(data)), hostile.Images, func() {
			s, err = readPNGFolder("d", fstest.MapFS{"a.png": {Data: data}}, Options{})
		})
		checkRead(t, s, err)
	})
}
