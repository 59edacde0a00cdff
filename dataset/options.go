package dataset

import (
	"fmt"
	"strings"
)

// Options tell how a data file is read. The zero value finds out what it can and takes everything.
type Options struct {
	// Columns are the columns to take, in that order, each by its name in the header or by its number from 1;
	// Drop are columns to leave out.
	Columns, Drop []string

	// Delimiter parts the cells of a text file: ",", ";", "|", "tab", "space" (one or more), or another
	// character. Without it the file's first lines tell.
	Delimiter string

	// Header tells whether the first line of a text file names the columns, "yes" or "no". Without it the
	// lines tell.
	Header string

	// Shape is that of a row that is stored flat, such as [28 28].
	Shape []int

	// Missing lets values be missing: cells of a text file that are empty, NA, N/A, NaN, null, None or ?, and
	// NaN in arrays, become NaN, and lines of separators alone are rows. Otherwise they are an error, and such
	// lines do not count.
	Missing bool

	// Like are the columns of a model. Those columns of the file are taken that have these names, in the
	// model's order, or all of them by position where names are lacking; categories get the places that they
	// have in the model.
	Like []Column

	// Label is the column that holds each row's class, by its name or by its number from 1. It is none of the
	// points. Classes are whole numbers or texts, at most 1000 different ones.
	Label string

	// MostValues is how many values the rows may have together, labels and columns that are left out counted;
	// more are an error before there is memory for them. Zero is as many as the file holds.
	MostValues int

	// Advise words in errors how to set an option, "drop" or "header", to a value, so that it follows "by" in a
	// sentence. Without it that is the flag of the command, such as --drop id.
	Advise func(option, value string) string

	labelFile bool   // the file holds labels alone
	member    string // of an archive of arrays
}

// checkValues returns an error where rows have more values than there may be.
func (o *Options) checkValues(rows, cols int) error {
	if o.MostValues > 0 && cols > 0 && rows > o.MostValues/cols {
		return fmt.Errorf("there are %d rows of %d values, and at most %d values are taken here: take fewer rows",
			rows, cols, o.MostValues)
	}
	return nil
}

// advise words how to set an option to a value.
func (o *Options) advise(option, value string) string {
	if o.Advise != nil {
		return o.Advise(option, value)
	}
	if strings.ContainsAny(value, " \t'\"$`\\*?()[]{}<>|&;!#~") {
		value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	}
	return "--" + option + " " + value
}
