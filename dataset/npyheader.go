package dataset

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// npyHeader is the dictionary in the header of a .npy file.
type npyHeader struct {
	descr   string
	fortran bool
	shape   []uint64
}

// parseNPYHeader parses a header, a Python dictionary such as
//
//	{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
//
// followed by white space. The header starts at byte offset of its file, for errors.
func parseNPYHeader(text string, offset int) (npyHeader, error) {
	p := npyParser{text: text}
	h, err := p.header()
	if err != nil {
		return npyHeader{}, fmt.Errorf("cannot use the .npy header, from byte %d of the file on: %w", offset+p.at, err)
	}
	return h, nil
}

// unknownDimension is -1, a dimension that follows from the others and from the number of elements.
const unknownDimension = math.MaxUint64

var errRecords = errors.New("the elements are records; if all of their fields are numbers, save them as columns, " +
	"numpy.lib.recfunctions.structured_to_unstructured(x, 'float64') after import numpy.lib.recfunctions, or else as .csv")

type npyParser struct {
	text string
	at   int
}

func (p *npyParser) header() (h npyHeader, err error) {
	if err := p.expect('{'); err != nil {
		return h, err
	}
	seen := map[string]bool{}
	for !p.accept('}') {
		start := p.at
		key, err := p.quoted()
		if err == nil && seen[key] {
			p.at = start
			err = fmt.Errorf("the key %q is there twice", key)
		}
		if err == nil {
			err = p.expect(':')
		}
		if err == nil {
			seen[key] = true
			switch key {
			case "descr":
				h.descr, err = p.descr()
			case "fortran_order":
				h.fortran, err = p.boolean()
			case "shape":
				h.shape, err = p.tuple()
			default:
				p.at = start
				err = fmt.Errorf("the key %.40q is none of descr, fortran_order and shape", key)
			}
		}
		if err != nil {
			return h, err
		}
		if !p.accept(',') {
			if err := p.expect('}'); err != nil {
				return h, err
			}
			break
		}
	}
	if len(seen) != 3 {
		return h, errors.New("descr, fortran_order and shape must all be there")
	}
	if p.space(); p.at < len(p.text) {
		return h, fmt.Errorf("%.20q follows the dictionary", p.text[p.at:])
	}
	return h, nil
}

func (p *npyParser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// accept skips white space and then c, if c is next.
func (p *npyParser) accept(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *npyParser) expect(c byte) error {
	if !p.accept(c) {
		return fmt.Errorf("want %q, have %s", c, p.next())
	}
	return nil
}

// next describes what is next, for errors.
func (p *npyParser) next() string {
	if p.at == len(p.text) {
		return "the end of the header"
	}
	return fmt.Sprintf("%.20q", p.text[p.at:])
}

// quoted parses a string in single or double quotes, without escapes.
func (p *npyParser) quoted() (string, error) {
	quote := byte('\'')
	if p.accept('"') {
		quote = '"'
	} else if !p.accept(quote) {
		return "", fmt.Errorf("want a string, have %s", p.next())
	}
	n := strings.IndexByte(p.text[p.at:], quote)
	if n < 0 {
		return "", errors.New("a string does not end")
	}
	s := p.text[p.at : p.at+n]
	p.at += n + 1
	return s, nil
}

func (p *npyParser) descr() (string, error) {
	if p.accept('[') {
		return "", errRecords
	}
	return p.quoted()
}

func (p *npyParser) boolean() (bool, error) {
	p.space()
	for _, v := range []bool{false, true} {
		word := "False"
		if v {
			word = "True"
		}
		if strings.HasPrefix(p.text[p.at:], word) {
			p.at += len(word)
			return v, nil
		}
	}
	return false, fmt.Errorf("want True or False, have %s", p.next())
}

// tuple parses a tuple of dimensions. Python 2 wrote some of them with an L at the end.
func (p *npyParser) tuple() ([]uint64, error) {
	if err := p.expect('('); err != nil {
		return nil, err
	}
	var shape []uint64
	for !p.accept(')') {
		if len(shape) > 0 {
			if err := p.expect(','); err != nil {
				return nil, err
			}
			if p.accept(')') {
				break
			}
		}
		n, err := p.dimension()
		if err != nil {
			return nil, err
		}
		shape = append(shape, n)
		p.accept('L')
	}
	return shape, nil
}

func (p *npyParser) dimension() (uint64, error) {
	p.space()
	if rest, ok := strings.CutPrefix(p.text[p.at:], "-1"); ok && (rest == "" || rest[0] < '0' || rest[0] > '9') {
		p.at += len("-1")
		return unknownDimension, nil
	}
	start := p.at
	n := uint64(0)
	for ; p.at < len(p.text) && '0' <= p.text[p.at] && p.text[p.at] <= '9'; p.at++ {
		if n > math.MaxInt64/10-1 {
			p.at = start
			return 0, errors.New("a dimension is too large for any file")
		}
		n = 10*n + uint64(p.text[p.at]-'0')
	}
	if p.at == start {
		if p.at < len(p.text) && p.text[p.at] == '-' {
			return 0, errors.New("a dimension is negative")
		}
		return 0, fmt.Errorf("want a dimension, have %s", p.next())
	}
	return n, nil
}
