package dataset

import (
	"fmt"
	"io"
	"math"
	"math/bits"
	"strings"

	"github.com/seed964deb49/langevin/internal/oserror"
	"github.com/seed964deb49/langevin/kernels"
)

// array is what the header of an array file says: the elements start at byte offset and fill the file, unless
// more may follow them.
type array struct {
	element
	shape   []uint64
	fortran bool // the first index varies fastest, else the last
	offset  int64
	more    bool
}

// read returns the array as a Set, after checking that the file has all of it.
func (a array) read(name string, r *io.SectionReader, o Options) (*Set, error) {
	count, err := a.count(name, r.Size()-a.offset)
	if err != nil {
		return nil, err
	}
	rows := int(a.shape[0])
	if err := o.checkValues(rows, count/rows); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	x := kernels.NewMatrix64(rows, count/rows)
	shape := []int{1}
	if len(a.shape) > 1 {
		shape = make([]int, len(a.shape)-1)
		for i, n := range a.shape[1:] {
			shape[i] = int(n)
		}
	}
	if err := a.fill(name, r, x, shape, o.Missing); err != nil {
		return nil, err
	}
	s, err := newSet(name, x, shape, nil, o)
	if err == nil && a.kind == 'f' && a.size == 8 {
		s.Double = true
	}
	if left := r.Size() - a.offset - int64(count)*int64(a.size); err == nil && left > 0 {
		s.About += fmt.Sprintf(", without the %s that follow the array", plural(int(left), "byte"))
	}
	return s, err
}

// count returns the number of elements; the file has the given number of bytes for them.
func (a array) count(name string, bytes int64) (int, error) {
	if a.shape[0] == 0 {
		return 0, fmt.Errorf("%s: the array has no rows (its shape is %s)", name, a.dims())
	}
	want, overflow := uint64(a.size), false
	for _, n := range a.shape {
		if n == 0 {
			return 0, fmt.Errorf("%s: the rows of the array have no columns (its shape is %s)", name, a.dims())
		}
		hi, lo := bits.Mul64(want, n)
		want, overflow = lo, overflow || hi != 0
	}
	have := uint64(bytes)
	switch {
	case overflow:
		return 0, fmt.Errorf("%s: the header gives the shape %s, too large for any file; it is damaged", name, a.dims())
	case want > have:
		return 0, fmt.Errorf("%s: the file is truncated: the header promises %s values of %d bytes, %d bytes in all, "+
			"but only %d follow it", name, a.dims(), a.size, want, have)
	case want < have && !a.more:
		return 0, fmt.Errorf("%s: %d bytes too many follow the %s values of %d bytes that the header promises",
			name, have-want, a.dims(), a.size)
	}
	count := want / uint64(a.size)
	if count > math.MaxInt/4 {
		return 0, fmt.Errorf("%s: %s values are more than this machine can address", name, a.dims())
	}
	return int(count), nil
}

// dims returns the shape as 3x4x5.
func (a array) dims() string {
	var s strings.Builder
	for i, n := range a.shape {
		if i > 0 {
			s.WriteByte('x')
		}
		fmt.Fprint(&s, n)
	}
	return s.String()
}

// fill reads the elements into x.
func (a array) fill(name string, r io.ReaderAt, x kernels.Matrix64, rowShape []int, missing bool) error {
	value := a.decoder()
	next := rowMajor(x)
	if a.fortran {
		next = columnMajor(x, rowShape)
	}
	buf := make([]byte, 1<<16)
	left := int64(x.Rows) * int64(x.Cols) * int64(a.size)
	for at := a.offset; left > 0; {
		chunk := buf[:min(int64(len(buf)), left)]
		switch n, err := r.ReadAt(chunk, at); {
		case n < len(chunk) && err == io.EOF:
			return fmt.Errorf("%s: the file has become shorter while it was read; read it again when it is complete", name)
		case n < len(chunk):
			return fmt.Errorf("%s: cannot read byte %d of the file: %w", name, at+int64(n), oserror.Cause(err))
		}
		at, left = at+int64(len(chunk)), left-int64(len(chunk))
		for ; len(chunk) > 0; chunk = chunk[a.size:] {
			i, j := next()
			v := value(chunk)
			if err := checkValue(v, missing); err != nil {
				return fmt.Errorf("%s: row %d, column %d: %w", name, i+1, j+1, err)
			}
			x.Data[i*x.Stride+j] = v
		}
	}
	return nil
}

// rowMajor returns a function that steps through x along its rows.
func rowMajor(x kernels.Matrix64) func() (i, j int) {
	i, j := 0, -1
	return func() (int, int) {
		if j++; j == x.Cols {
			i, j = i+1, 0
		}
		return i, j
	}
}

// columnMajor returns a function that steps through x in the order of a Fortran array whose rows have the given
// shape: down the rows first, then over the indices of a row, the first of them fastest.
func columnMajor(x kernels.Matrix64, rowShape []int) func() (i, j int) {
	index := make([]int, len(rowShape))
	stride := make([]int, len(rowShape))
	for k, s := len(rowShape)-1, 1; k >= 0; k-- {
		stride[k] = s
		s *= rowShape[k]
	}
	i, j := -1, 0
	return func() (int, int) {
		if i++; i < x.Rows {
			return i, j
		}
		i = 0
		for k := range index {
			j += stride[k]
			if index[k]++; index[k] < rowShape[k] {
				break
			}
			index[k] = 0
			j -= stride[k] * rowShape[k]
		}
		return i, j
	}
}

// checkValue says why v cannot be a value of a Set.
func checkValue(v float64, missing bool) error {
	if math.IsInf(v, 0) || math.IsNaN(v) && !missing {
		return fmt.Errorf("the value is %v; every value must be a finite number", v)
	}
	return nil
}
