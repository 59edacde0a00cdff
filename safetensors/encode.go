package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// Save writes f to the file at path, replacing it as a whole: a failure leaves an old file as it was.
func Save(path string, f *File) error {
	return atomicfile.Write(path, func(w io.Writer) error { return Encode(w, f) })
}

// Encode writes f with values of type F32, to the bit, in the order of f.Tensors. It writes nothing unless the names
// are unique, not empty and not "__metadata__", all text is UTF-8, and each shape fits its data.
func Encode(w io.Writer, f *File) error {
	header, err := encodeHeader(f)
	if err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return fmt.Errorf("writing the header: %w", err)
	}
	var buffer [chunk]byte
	for _, t := range f.Tensors {
		for part := range slices.Chunk(t.Data, chunk/4) {
			for i, v := range part {
				binary.LittleEndian.PutUint32(buffer[4*i:], math.Float32bits(v))
			}
			if _, err := w.Write(buffer[:4*len(part)]); err != nil {
				return fmt.Errorf("writing tensor %.80q: %w", t.Name, err)
			}
		}
	}
	return nil
}

// encodeHeader returns everything that comes before the values.
func encodeHeader(f *File) ([]byte, error) {
	var text bytes.Buffer
	text.Write(make([]byte, lengthSize))
	text.WriteByte('{')
	if len(f.Metadata) > 0 {
		text.WriteString(`"` + metadataKey + `":`)
		if err := encodeMetadata(&text, f.Metadata); err != nil {
			return nil, err
		}
	}
	seen := make(map[string]bool, len(f.Tensors))
	var offset int64
	for i, t := range f.Tensors {
		if err := checkTensor(t); err != nil {
			return nil, fmt.Errorf("tensor %.80q, number %d: %w", t.Name, i, err)
		}
		if seen[t.Name] {
			return nil, fmt.Errorf("tensor %.80q, number %d: an earlier tensor has the same name", t.Name, i)
		}
		seen[t.Name] = true
		if text.Len() > lengthSize+1 {
			text.WriteByte(',')
		}
		encodeString(&text, t.Name)
		text.WriteString(`:{"dtype":"F32","shape":[`)
		for j, d := range t.Shape {
			if j > 0 {
				text.WriteByte(',')
			}
			text.WriteString(strconv.Itoa(d))
		}
		end := offset + 4*int64(len(t.Data))
		fmt.Fprintf(&text, `],"data_offsets":[%d,%d]}`, offset, end)
		offset = end
	}
	text.WriteByte('}')
	for text.Len()%alignment != 0 {
		text.WriteByte(' ')
	}
	header := text.Bytes()
	length := len(header) - lengthSize
	if length > maxHeader {
		return nil, fmt.Errorf("the header has %d bytes, more than the %d that the format allows: "+
			"shorten the names or the metadata", length, maxHeader)
	}
	binary.LittleEndian.PutUint64(header, uint64(length))
	return header, nil
}

func checkTensor(t Tensor) error {
	switch {
	case t.Name == "":
		return errors.New("its name is empty")
	case t.Name == metadataKey:
		return errors.New("the format reserves this name for the metadata")
	case !utf8.ValidString(t.Name):
		return errors.New("its name is not valid UTF-8")
	}
	n, err := count(t.Shape)
	if err != nil {
		return err
	}
	if n != len(t.Data) {
		return fmt.Errorf("its shape %v needs %d values, its data has %d", t.Shape, n, len(t.Data))
	}
	return nil
}

// encodeMetadata writes the map as an object with sorted keys.
func encodeMetadata(text *bytes.Buffer, metadata map[string]string) error {
	separator := byte('{')
	for _, key := range slices.Sorted(maps.Keys(metadata)) {
		value := metadata[key]
		if !utf8.ValidString(key) || !utf8.ValidString(value) {
			return fmt.Errorf("metadata %.80q: its key or its value is not valid UTF-8", key)
		}
		text.WriteByte(separator)
		encodeString(text, key)
		text.WriteByte(':')
		encodeString(text, value)
		separator = ','
	}
	text.WriteByte('}')
	return nil
}

// encodeString writes a JSON string that keeps the characters of HTML readable.
func encodeString(text *bytes.Buffer, s string) {
	e := json.NewEncoder(text)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // A string always encodes.
	}
	text.Truncate(text.Len() - 1) // Encode ends its output with a newline.
}
