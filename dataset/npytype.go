package dataset

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// npyLetters are NumPy's types of one letter, and npyNames those of a word, as numpy.dtype takes them; those
// whose size depends on the system are not here.
var (
	npyLetters = map[string]string{
		"?": "b1", "b": "i1", "B": "u1", "h": "i2", "H": "u2", "i": "i4", "I": "u4", "q": "i8", "Q": "u8",
		"e": "f2", "f": "f4", "d": "f8", "g": "f16", "F": "c8", "D": "c16", "G": "c32",
	}
	npyNames = map[string]string{
		"bool": "b1", "bool_": "b1", "bool8": "b1",
		"int8": "i1", "byte": "i1", "uint8": "u1", "ubyte": "u1",
		"int16": "i2", "short": "i2", "uint16": "u2", "ushort": "u2",
		"int32": "i4", "intc": "i4", "uint32": "u4", "uintc": "u4",
		"int64": "i8", "longlong": "i8", "uint64": "u8", "ulonglong": "u8",
		"float16": "f2", "half": "f2", "float32": "f4", "single": "f4",
		"float64": "f8", "double": "f8", "float": "f8", "float_": "f8",
		"float128": "f16", "longdouble": "f16",
		"complex64": "c8", "csingle": "c8", "complex128": "c16", "cdouble": "c16", "complex": "c16",
		"object": "O", "str": "U", "bytes": "S",
	}
	npyCode = regexp.MustCompile(`^([biufcVUSaOMm])([0-9]{0,9})(\[.*\])?$`)
)

// npyElement returns the element type that a descr such as <f4 stands for. The byte order of this machine,
// which = and nothing stand for, is taken to be little-endian.
func npyElement(descr string) (element, error) {
	var order binary.ByteOrder = binary.LittleEndian
	code, ok := npyNames[descr]
	if !ok {
		code = descr
		if code != "" && strings.IndexByte("<>=|", code[0]) >= 0 {
			if code[0] == '>' {
				order = binary.BigEndian
			}
			code = code[1:]
		}
		if letter, ok := npyLetters[code]; ok {
			code = letter
		}
	}
	match := npyCode.FindStringSubmatch(code)
	if match == nil {
		if strings.Contains(code, ",") {
			return element{}, errRecords
		}
		return element{}, fmt.Errorf("the elements have the type %.40q, which is none of NumPy's", descr)
	}
	size, err := strconv.Atoi(match[2])
	if err == nil && match[3] == "" {
		e := element{match[1][0], size, order}
		if e.decoder() != nil {
			return e, nil
		}
	}
	return element{}, otherElements(descr, match[1][0], size)
}

// otherElements says what elements are that have no decoder, and how NumPy makes numbers of them.
func otherElements(descr string, kind byte, size int) error {
	what, remedy := "", ""
	switch kind {
	case 'c':
		what = "complex numbers"
		remedy = "save their real and imaginary parts as columns, numpy.stack([x.real, x.imag], -1).reshape(len(x), -1)"
	case 'U', 'S', 'a':
		what = "texts"
		remedy = "if they are numbers, save x.astype('float64'), and if they are words, save them as .csv"
	case 'O':
		what = "Python objects"
		remedy = "if they are numbers, save numpy.load(FILE, allow_pickle=True).astype('float64'), and if they are mixed with " +
			"words, save them as .csv"
	case 'M':
		what = "dates"
		remedy = "save numbers, such as the days since the first, (x - x.min()) / numpy.timedelta64(1, 'D')"
	case 'm':
		what = "spans of time"
		remedy = "save numbers, such as days, x / numpy.timedelta64(1, 'D')"
	case 'V':
		what = "bytes without a type"
		switch size {
		case 2:
			remedy = "if they were bfloat16, convert them before they are saved, x.astype('float32')"
		case 4, 8:
			remedy = fmt.Sprintf("if they are floats, save x.view('float%d')", 8*size)
		default:
			remedy = "save the array with the type that they have, which x.view gives"
		}
	case 'f':
		if size > 8 {
			what, remedy = "long floats", "save x.astype('float64')"
		}
	}
	if what == "" {
		return fmt.Errorf("the elements have the type %.40q, which is none of NumPy's", descr)
	}
	return fmt.Errorf("the elements are %s (%.40q); %s", what, descr, remedy)
}

// resolve returns a shape with the dimension that was -1, if there is one, of an array with so many elements.
func resolve(shape []uint64, elements uint64) ([]uint64, error) {
	unknown, known := -1, uint64(1)
	for i, n := range shape {
		switch {
		case n != unknownDimension:
			if n > 0 && known > elements/n {
				n = 0 // too large, or no rows; nothing fits
			}
			known *= n
		case unknown >= 0:
			return nil, fmt.Errorf("two dimensions of the shape are -1")
		default:
			unknown = i
		}
	}
	if unknown < 0 {
		return shape, nil
	}
	if known == 0 || elements%known != 0 {
		return nil, fmt.Errorf("the file has %d elements, which do not fill an array whose other dimensions than -1 are %s",
			elements, array{shape: append(append([]uint64{}, shape[:unknown]...), shape[unknown+1:]...)}.dims())
	}
	shape[unknown] = elements / known
	return shape, nil
}
