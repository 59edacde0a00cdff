package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/internal/shortlist"
)

var errHalfHeader = errors.New("the first line has texts and numbers, so that it may be names or values")

// findHeader reports whether the first line of a table names its columns, and why, from its cells and from
// what stands below them.
func findHeader(first []string, below []tally, decimalComma bool) (header bool, why string, err error) {
	f := compareFirst(first, below, decimalComma)
	switch {
	case f.numbers > 0 && (f.alone && f.texts > 0 || f.aboveNumbers && (f.seen || !f.numbersAreNames)):
		return false, "", errHalfHeader
	case f.alone:
		return f.texts > 0, "it is all there is", nil
	case f.aboveNumbers:
		return true, "it has texts above numbers", nil
	case f.seen:
		return false, "its texts come again below it", nil
	case f.aboveTexts && f.numbers == 0 && f.textsRepeat:
		return true, "its texts do not come again below it", nil
	case f.aboveTexts && f.numbers > 0 && f.numbersAreNames:
		return true, "neither its texts nor its numbers are like those below it", nil
	case len(first) > 1 && unnamed(first[0]) && below[0].countsOn() && below[0].next <= 1 && f.numbersCount:
		return true, "it has no name above a column that counts the rows", nil
	case numbersColumns(first, below):
		return true, "it numbers the columns from 0", nil
	case stepsAboveDecimals(first, below):
		return true, "it has whole numbers at equal steps above decimals", nil
	}
	return false, "it holds values", nil
}

// firstLine is how the cells of the first line compare with those below them.
type firstLine struct {
	alone          bool // there are none below
	texts, numbers int

	aboveNumbers bool // a text is above numbers
	aboveTexts   bool // a text is above texts
	seen         bool // a text is among those below it
	textsRepeat  bool // the texts below texts come more than once, in each column

	// numbersCount: the numbers are n, n+1, n+2, ...; numbersAreNames: they are so, and not all among those
	// below them, or they are whole numbers above decimals. Both hold where there are no numbers.
	numbersCount, numbersAreNames bool
}

func compareFirst(first []string, below []tally, decimalComma bool) firstLine {
	f := firstLine{alone: true, textsRepeat: true, numbersCount: true}
	start, fresh, aboveDecimals := 0, false, true
	for j, cell := range first {
		t := &below[j]
		f.alone = f.alone && t.present()+t.missing == 0
		switch kind, _ := parseCell(cell, decimalComma); kind {
		case textCell:
			if isDate(cell) || isOddNumber(cell) {
				break
			}
			f.texts++
			f.seen = f.seen || t.likeFirst
			if t.numeric() || t.holdsDates() || t.holdsOddNumbers() {
				f.aboveNumbers = true
			} else if t.texts > 0 {
				f.aboveTexts = true
				f.textsRepeat = f.textsRepeat && t.repeats()
			}
		case numberCell:
			n, ok := isCount(cell)
			if f.numbers == 0 {
				start = n
			}
			f.numbersCount = f.numbersCount && ok && n == start+f.numbers
			f.numbers++
			fresh = fresh || !t.likeFirst
			aboveDecimals = aboveDecimals && ok && t.decimal()
		}
	}
	f.numbersAreNames = f.numbers == 0 || aboveDecimals || f.numbers > 1 && f.numbersCount && fresh
	return f
}

// numbersColumns reports whether the first line is 0, 1, 2, ..., as pandas writes it for columns without
// names, and the lines below do not go on like that: the next does not count too, no column counts on from
// the first line, and some column holds decimals only or, of three columns or more, does not have its number.
func numbersColumns(first []string, below []tally) bool {
	nextCounts, names := len(first) > 1, false
	for j, cell := range first {
		t := &below[j]
		if n, ok := isCount(cell); !ok || n != j || t.countsOn() && t.next == n+1 {
			return false
		}
		nextCounts = nextCounts && t.hasNext && t.next == below[0].next+j
		names = names || t.decimal() || len(first) > 2 && !t.likeFirst
	}
	return names && !nextCounts
}

// stepsAboveDecimals reports whether the first line holds whole numbers at equal steps, such as years or
// wavelengths, and all columns, three or more, are decimals only.
func stepsAboveDecimals(first []string, below []tally) bool {
	steps := make([]int, len(first))
	for j, cell := range first {
		n, ok := isCount(cell)
		if !ok || !below[j].decimal() {
			return false
		}
		steps[j] = n
	}
	if len(steps) < 3 || steps[1] == steps[0] {
		return false
	}
	for j := range steps {
		if steps[j] != steps[0]+j*(steps[1]-steps[0]) {
			return false
		}
	}
	return true
}

// unnamed reports whether a name is none, or the one that pandas gives a first column without a name.
func unnamed(name string) bool { return name == "" || name == "Unnamed: 0" }

// columnNames returns the names that a header gives, each once: of several that are the same, all but the
// first get the number of their column, and empty ones are named by it. It tells of those that it changed.
func columnNames(header []string) (names []string, changed string) {
	taken := map[string]bool{}
	for _, name := range header {
		taken[name] = true
	}
	seen := map[string]bool{"": true}
	var renamed []string
	for j, name := range header {
		if seen[name] {
			base := strings.TrimSpace(fmt.Sprintf("%s column %d", name, j+1))
			unique := base
			for n := 2; taken[unique]; n++ {
				unique = fmt.Sprintf("%s (%d)", base, n)
			}
			taken[unique] = true
			if name != "" {
				renamed = append(renamed, fmt.Sprintf("%q", unique))
			}
			name = unique
		}
		seen[name] = true
		names = append(names, strings.Clone(name))
	}
	if renamed != nil {
		changed = "names that come twice became " + shortlist.Join(renamed)
	}
	return names, changed
}

// namesAskedFor reports whether the cells are the names of a model's columns, or of those to take or to leave
// out.
func namesAskedFor(cells []string, o Options) bool {
	var asked []string
	for _, c := range o.Like {
		asked = append(asked, c.Name)
	}
	for _, text := range slices.Concat(o.Columns, o.Drop, labelsOf(o)) {
		if _, ok := isCount(text); !ok {
			asked = append(asked, text)
		}
	}
	if len(asked) == 0 {
		return false
	}
	there := make(map[string]bool, len(cells))
	for _, cell := range cells {
		there[cell] = true
	}
	return !slices.ContainsFunc(asked, func(name string) bool { return name == "" || !there[name] })
}

// labelsOf returns the column of labels, if one is asked for.
func labelsOf(o Options) []string {
	if o.Label == "" {
		return nil
	}
	return []string{o.Label}
}
