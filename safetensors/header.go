package safetensors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// entry is what a header says of one tensor.
type entry struct {
	name  string
	dtype dtype
	shape []int
	count int
	// begin and end are offsets from the end of the header, with end-begin == count*dtype.size.
	begin, end int64
}

// parseHeader returns the metadata and the tensors in the order of the header. It goes beyond package json where
// that is lax: keys must be unique and spelled to the letter, values of the right type, and text well-formed.
func parseHeader(header []byte) (map[string]string, []entry, error) {
	if len(header) == 0 || header[0] != '{' {
		return nil, nil, fmt.Errorf("the header does not begin with '{' at byte %d: it is not a safetensors file",
			lengthSize)
	}
	var whole json.RawMessage
	if err := json.Unmarshal(header, &whole); err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, nil, fmt.Errorf("the header is not valid JSON at byte %d: %w", lengthSize+e.Offset, err)
		}
		return nil, nil, fmt.Errorf("the header is not valid JSON: %w", err)
	}
	if i := badText(header); i >= 0 {
		return nil, nil, fmt.Errorf("the header is not valid Unicode at byte %d", lengthSize+i)
	}

	var metadata map[string]string
	var entries []entry
	err := eachMember(whole, func(key string, value []byte) error {
		if key == metadataKey {
			var err error
			metadata, err = parseMetadata(value)
			return err
		}
		e, err := parseEntry(value)
		if err == nil && key == "" {
			err = errors.New("its name is empty")
		}
		if err != nil {
			return fmt.Errorf("tensor %.80q: %w", key, err)
		}
		e.name = key
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("in the header: %w", err)
	}
	return metadata, entries, nil
}

func parseMetadata(raw []byte) (map[string]string, error) {
	var metadata map[string]string
	err := eachMember(raw, func(key string, value []byte) error {
		text, ok := parseString(value)
		if !ok {
			return fmt.Errorf("the value of %.80q is %.40s, want a string", key, value)
		}
		if metadata == nil {
			metadata = make(map[string]string)
		}
		metadata[key] = text
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", metadataKey, err)
	}
	return metadata, nil
}

func parseEntry(raw []byte) (entry, error) {
	f, err := parseFields(raw)
	if err != nil {
		return entry{}, err
	}
	e := entry{shape: f.shape}
	var ok bool
	if e.dtype, ok = dtypes[f.dtype]; !ok {
		return entry{}, fmt.Errorf("its dtype is %.40q, which cannot be read: convert it to F32, F64, F16 or BF16", f.dtype)
	}
	if e.count, err = count(e.shape); err != nil {
		return entry{}, err
	}
	if len(f.offsets) != 2 {
		return entry{}, fmt.Errorf("its data_offsets are %d numbers, want 2", len(f.offsets))
	}
	e.begin, e.end = f.offsets[0], f.offsets[1]
	if e.end < e.begin {
		return entry{}, fmt.Errorf("its data_offsets end at %d, before they begin at %d", e.end, e.begin)
	}
	// The comparison divides because the product may overflow.
	size := int64(e.dtype.size)
	if n := e.end - e.begin; n%size != 0 || n/size != int64(e.count) {
		return entry{}, fmt.Errorf("its data_offsets hold %d bytes, but %d values of type %s need %d each",
			n, e.count, f.dtype, size)
	}
	return e, nil
}

// fields are those of an entry as the header has them.
type fields struct {
	dtype   string
	shape   []int
	offsets []int64
}

// parseFields reads the fields of an entry, all of which it must have, and no others.
func parseFields(raw []byte) (f fields, err error) {
	found := make(map[string]bool, 3)
	err = eachMember(raw, func(key string, value []byte) error {
		found[key] = true
		return f.set(key, value)
	})
	if err != nil {
		return fields{}, err
	}
	for _, key := range []string{"dtype", "shape", "data_offsets"} {
		if !found[key] {
			return fields{}, fmt.Errorf("it has no %s", key)
		}
	}
	return f, nil
}

// set sets the field of a key.
func (f *fields) set(key string, value []byte) error {
	switch key {
	case "dtype":
		var ok bool
		if f.dtype, ok = parseString(value); !ok {
			return fmt.Errorf("its dtype is %.40s, want a string", value)
		}
		return nil
	case "shape":
		dims, err := parseNumbers(value, strconv.IntSize-1)
		if err != nil {
			return fmt.Errorf("its shape %w", err)
		}
		f.shape = make([]int, len(dims))
		for i, d := range dims {
			f.shape[i] = int(d)
		}
		return nil
	case "data_offsets":
		var err error
		if f.offsets, err = parseNumbers(value, 63); err != nil {
			return fmt.Errorf("its data_offsets %w", err)
		}
		return nil
	default:
		// It may change what the values mean, so that going on would read them wrong.
		return fmt.Errorf("it has an unknown field %.80q", key)
	}
}

// eachMember calls f for the members of an object, in order, and fails where two have the same key. The value is
// valid only during the call.
func eachMember(raw []byte, f func(key string, value []byte) error) error {
	if raw[0] != '{' {
		return fmt.Errorf("it is %.40s, want an object", raw)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return err
	}
	seen := make(map[string]bool)
	var value json.RawMessage
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key := token.(string)
		if seen[key] {
			return fmt.Errorf("%.80q occurs twice", key)
		}
		seen[key] = true
		if err := d.Decode(&value); err != nil {
			return err
		}
		if err := f(key, value); err != nil {
			return err
		}
	}
	return nil
}

// parseString reports whether the value is a string.
func parseString(raw []byte) (s string, ok bool) {
	// The first byte tells null from a string, which Unmarshal does not.
	return s, raw[0] == '"' && json.Unmarshal(raw, &s) == nil
}

// parseNumbers returns an array of whole numbers below 2^bits. Its errors continue a sentence.
func parseNumbers(raw []byte, bits int) ([]int64, error) {
	if raw[0] != '[' {
		return nil, fmt.Errorf("is %.40s, want an array", raw)
	}
	inner := bytes.TrimSpace(raw[1 : len(raw)-1])
	if len(inner) == 0 {
		return nil, nil
	}
	// No number has a comma in it, and whatever else does fails to parse in pieces as it does whole.
	numbers := make([]int64, 0, bytes.Count(inner, []byte(","))+1)
	for text := range bytes.SplitSeq(inner, []byte(",")) {
		text = bytes.TrimSpace(text)
		n, err := strconv.ParseUint(string(text), 10, bits)
		if err != nil {
			return nil, fmt.Errorf("holds %.40s, want whole numbers from 0 to 2^%d-1", text, bits)
		}
		numbers = append(numbers, int64(n))
	}
	return numbers, nil
}

// badText returns the index of the first byte of valid JSON that is not UTF-8 or begins an escape for half a
// character, or -1. Package json replaces both, so that two names could become one.
func badText(text []byte) int {
	for i := 0; i < len(text); {
		if text[i] != '\\' {
			r, n := utf8.DecodeRune(text[i:])
			if r == utf8.RuneError && n == 1 {
				return i
			}
			i += n
			continue
		}
		if text[i+1] != 'u' {
			i += 2
			continue
		}
		r := escaped(text[i:])
		n := 6
		if utf16.IsSurrogate(r) {
			if utf16.DecodeRune(r, escaped(text[i+n:])) == utf8.RuneError {
				return i
			}
			n += 6
		}
		i += n
	}
	return -1
}

// escaped returns the value of the escape \uXXXX that text begins with, or -1.
func escaped(text []byte) rune {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}
