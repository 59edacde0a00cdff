package dataset

import (
	"compress/gzip"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/kernels"
)

// Table is what Write writes.
type Table struct {
	X       kernels.Matrix64 // N x C; NaN is a value that is missing
	Columns []Column         // of X, or nil for columns of numbers without names
	Shape   []int            // of a row, or nil for C columns
	Double  bool             // write float64, else X rounded to float32

	Labels      []int    // class of each row, its place in Classes; nil where there are none
	Classes     []string // names of the classes
	ClassColumn string   // name of the column of classes in a text; "class" where it is empty

	Rows *Rows // in the place of X and Labels, where there are more rows than fit in memory
}

// writable are the endings that Write knows.
const writable = ".npy, .npz, .csv, .tsv, .txt, .csv.gz, .tsv.gz and .txt.gz"

// Write replaces a file, whole, by a table in the format that the ending of its name stands for:
//
//   - .npy: an array of N x Shape as Table.WriteNPY writes it; categories are written as numbers, their places. Labels
//     are left out.
//   - .npz: an archive of that array, with the name samples, as numpy.savez writes it, and of the array labels if
//     there are labels: the names of the rows' classes, as int64 where all are whole numbers, and else as texts.
//   - .csv, .tsv and .txt, the cells parted by commas, tabs and spaces, and each of them with .gz: a line for
//     each row, and above them the names of the columns, if all have one. Numbers have the fewest digits that
//     give the value when they are read as float64, or without Double as float32; whole numbers have no
//     point. Categories are written as their texts, and values that are missing as empty cells, or as NaN
//     where empty cells would not be read as such: in .txt, at the ends of a line of .tsv, and in rows
//     without any value. Images are rows of all their values.
//     The last column is the names of the rows' classes, if there are labels.
//
// Errors are other endings, a shape or columns that do not fit, values that are no place of a category, texts
// with line ends in .txt, and those of the file.
func Write(path string, t Table) error {
	if err := t.check(path); err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error { return t.write(w, path) })
}

// WriteTo writes to w what Write writes to a file of that name.
func WriteTo(w io.Writer, name string, t Table) error {
	if err := t.check(name); err != nil {
		return err
	}
	return t.write(w, name)
}

// check returns an error unless the table can be written to a file of that name.
func (t Table) check(path string) error {
	cols := t.size().Cols
	if err := CheckWrite(path, t.shape()); err != nil {
		return err
	}
	if !fits(t.shape(), cols) {
		return fmt.Errorf("%s: rows of %d values do not have the shape %v", path, cols, t.shape())
	}
	if t.Columns != nil && len(t.Columns) != cols {
		return fmt.Errorf("%s: there are %d columns of values and %d are described", path, cols, len(t.Columns))
	}
	if err := t.checkLabels(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// write writes the table in the format of a name.
func (t Table) write(w io.Writer, name string) error {
	switch format, zipped := ending(name); {
	case format == ".npy":
		return t.WriteNPY(w)
	case format == ".npz":
		return writeNPZ(w, t)
	case zipped:
		z := gzip.NewWriter(w)
		if err := writeText(z, format, t); err != nil {
			return err
		}
		return z.Close()
	default:
		return writeText(w, format, t)
	}
}

// CheckWrite says why Write cannot write rows of a shape to a file of that name, whatever the values.
func CheckWrite(path string, shape []int) error {
	const mostDimensions = 32 // in NumPy
	format, zipped := ending(path)
	switch format {
	case ".npy", ".npz":
		if len(shape) >= mostDimensions {
			return fmt.Errorf("%s: NumPy has no arrays of %d dimensions", path, 1+len(shape))
		}
		if zipped {
			break
		}
		return nil
	case ".csv", ".tsv", ".txt":
		return nil
	case ".png", ".svg", ".gif":
		return fmt.Errorf("%s: the ending %s is that of a picture; give it by --picture, and for the values a name that ends "+
			"in one of %s", path, format, writable)
	}
	return fmt.Errorf("%s: the ending of the name does not tell the format; it must be one of %s", path, writable)
}

// ending returns the ending of a file name in small letters, without .gz, and whether it had that.
func ending(path string) (format string, zipped bool) {
	base := strings.ToLower(filepath.Base(path))
	base, zipped = strings.CutSuffix(base, ".gz")
	return filepath.Ext(base), zipped
}
