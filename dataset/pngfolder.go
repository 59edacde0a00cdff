package dataset

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image/png"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/internal/oserror"
	"github.com/seed964deb49/langevin/kernels"
)

// readPNGFolder reads the .png files of a folder, in the order of their names, as images of one size and
// kind: N x H x W for grey and N x H x W x 3 for colour and palettes. Values are 0 to 255, or 0 to 65535
// where a file has 16 bits. An alpha channel that is opaque everywhere is left out.
func readPNGFolder(name string, dir fs.FS, o Options) (*Set, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, fmt.Errorf("%s: cannot read the folder: %w", name, oserror.Cause(err))
	}
	var pictures, others []string
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case !e.IsDir() && strings.EqualFold(path.Ext(e.Name()), ".png"):
			pictures = append(pictures, e.Name())
		default:
			others = append(others, e.Name())
		}
	}
	if len(pictures) == 0 {
		return nil, fmt.Errorf("%s: is a directory without .png files; name a data file in it%s", name, such(others))
	}
	header, err := sameHeader(name, dir, pictures)
	if err != nil {
		return nil, err
	}
	if err := o.checkValues(len(pictures), header.values()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	x := kernels.NewMatrix64(len(pictures), header.values())
	for i, file := range pictures {
		if err := header.decode(dir, file, x.Row(i)); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(name, file), err)
		}
	}
	shape := []int{header.height, header.width}
	if header.channels > 1 {
		shape = append(shape, header.channels)
	}
	s, err := newSet(name, x, shape, nil, o)
	if err != nil {
		return nil, err
	}
	if len(o.Shape) == 0 {
		s.Image, s.Columns = &Image{Height: header.height, Width: header.width, Channels: header.channels}, nil
	}
	s.About += fmt.Sprintf(", from %s", plural(len(pictures), ".png file"))
	if len(others) > 0 {
		s.About += fmt.Sprintf(", and without the other %s of the folder%s", plural(len(others), "file"), such(others))
	}
	return s, nil
}

// such returns examples of names.
func such(names []string) string {
	const most = 3
	if len(names) == 0 {
		return ""
	}
	s := fmt.Sprintf(", such as %.40q", names[0])
	for _, n := range names[1:min(most, len(names))] {
		s += fmt.Sprintf(", %.40q", n)
	}
	return s
}

// pngHeader is what the header of a .png file says.
type pngHeader struct {
	height, width int
	channels      int // without alpha
	bits          int // of a value as it is read: 8 or 16
}

// values is the number of values of an image.
func (h pngHeader) values() int { return h.height * h.width * h.channels }

// String returns a description for errors.
func (h pngHeader) String() string {
	kind := "grey"
	if h.channels > 1 {
		kind = "colour"
	}
	return fmt.Sprintf("%dx%d in %s of %d bits", h.width, h.height, kind, h.bits)
}

// sameHeader returns what the headers of all files say, after checking that it is the same, and that the
// images are not larger than compressed files of these sizes may be.
func sameHeader(name string, dir fs.FS, files []string) (pngHeader, error) {
	var first pngHeader
	bytes := int64(0)
	for i, file := range files {
		h, size, err := readPNGHeader(dir, file)
		switch {
		case err != nil:
			return first, fmt.Errorf("%s: %w", filepath.Join(name, file), err)
		case i == 0:
			first = h
		case h != first:
			return first, fmt.Errorf("%s: the image is %v (width by height), and that of %s is %v; all must have one size and kind",
				filepath.Join(name, file), h, files[0], first)
		}
		bytes += size
	}
	if limit := max(inflatedAlways, inflatedRatio*bytes); int64(first.values()) > limit/int64(len(files)) {
		return first, fmt.Errorf("%s: %d bytes of .png files hold more than %d values, which is out of proportion; save the "+
			"images as an array, by numpy.save, if they are sound", name, bytes, limit)
	}
	return first, nil
}

// readPNGHeader reads the header of a file, and returns the size of the file too.
func readPNGHeader(dir fs.FS, file string) (h pngHeader, size int64, err error) {
	f, err := dir.Open(file)
	if err != nil {
		return h, 0, fmt.Errorf("cannot open the file: %w", oserror.Cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return h, 0, fmt.Errorf("cannot look up the file: %w", oserror.Cause(err))
	}
	if !info.Mode().IsRegular() {
		return h, 0, errors.New("is not a regular file; copy its content into one")
	}
	var b [26]byte
	if _, err := io.ReadFull(f, b[:]); err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return h, 0, fmt.Errorf("cannot read the file: %w", oserror.Cause(err))
	}
	if string(b[:8]) != "\x89PNG\r\n\x1a\n" || string(b[12:16]) != "IHDR" {
		return h, 0, fmt.Errorf("is not a .png file: it starts with the bytes % x", b[:min(8, info.Size())])
	}
	width, height := binary.BigEndian.Uint32(b[16:]), binary.BigEndian.Uint32(b[20:])
	const most = 1 << 24 // so that the number of values has no overflow
	if width == 0 || height == 0 || width > most || height > most {
		return h, 0, fmt.Errorf("the image is %dx%d, which no image here may be", width, height)
	}
	h = pngHeader{height: int(height), width: int(width), channels: 3, bits: 8}
	if colour := b[25]; colour == 0 || colour == 4 {
		h.channels = 1
	}
	if b[24] == 16 {
		h.bits = 16
	}
	return h, info.Size(), nil
}

// decode reads an image into values.
func (h pngHeader) decode(dir fs.FS, file string, values []float64) error {
	f, err := dir.Open(file)
	if err != nil {
		return fmt.Errorf("cannot open the file: %w", oserror.Cause(err))
	}
	defer f.Close()
	m, err := png.Decode(bufio.NewReader(f))
	switch {
	case err != nil:
		return fmt.Errorf("the image is cut short or damaged (%w); copy or download it again", oserror.Cause(err))
	case m.Bounds().Dx() != h.width || m.Bounds().Dy() != h.height:
		return errors.New("the file has changed while it was read; read it again")
	}
	pixel, opaque := pixels(m)
	for y := range h.height {
		for x := range h.width {
			p := pixel(x, y)
			if p[3] != opaque {
				return fmt.Errorf("the pixel in row %d, column %d is not opaque; put the images on a ground and leave the alpha "+
					"channel out, such as by magick mogrify -background white -alpha remove -alpha off *.png", y+1, x+1)
			}
			for c := range h.channels {
				values[(y*h.width+x)*h.channels+c] = float64(p[c])
			}
		}
	}
	return nil
}
