package dataset

import "strings"

// mostCategories is how many different texts a column of categories may have.
const mostCategories = 50

// patternTexts is how many texts are looked at more closely.
const patternTexts = 1000

// tally counts what the cells of a column hold.
type tally struct {
	numbers, missing, huge, texts int
	empty                         int // among those missing

	dates, odd int // texts, among the first patternTexts, that are dates, and that are numbers in odd writing

	decimals, commas, points int // numbers with a point, a comma or an exponent; with a comma; with a point

	distinct map[string]int // how often each cell is there, while there are no more than mostCategories
	many     bool           // there are more

	likeFirst bool // some cell is the same as that of the file's first line

	next    int  // the cell of the second line, which is a whole number
	hasNext bool // it is one
	counted int  // how many cells count on from it: next, next+1, ...
	wholes  int  // how many are whole numbers from 0 up
}

// add counts a cell of the line of that number, where the first has number 0 and the given cell.
func (t *tally) add(cell string, line int, first string, decimalComma bool) {
	kind, _ := parseCell(cell, decimalComma)
	switch kind {
	case missingCell:
		t.missing++
		if cell == "" {
			t.empty++
		}
		return
	case hugeCell:
		t.huge++
	case textCell:
		if t.texts++; t.texts > patternTexts {
			break
		}
		if isDate(cell) {
			t.dates++
		} else if isOddNumber(cell) {
			t.odd++
		}
	case numberCell:
		t.numbers++
		t.number(cell, line)
	}
	t.likeFirst = t.likeFirst || cell == first
	t.note(cell)
}

// note counts the cell among the distinct ones.
func (t *tally) note(cell string) {
	if t.many {
		return
	}
	if t.distinct == nil {
		t.distinct = map[string]int{}
	}
	if _, ok := t.distinct[cell]; !ok {
		if len(t.distinct) == mostCategories {
			t.many, t.distinct = true, nil
			return
		}
		cell = strings.Clone(cell) // it shares its line's memory
	}
	t.distinct[cell]++
}

// number notes how a number is written.
func (t *tally) number(cell string, line int) {
	if isDecimal(cell) {
		t.decimals++
	}
	if strings.IndexByte(cell, ',') >= 0 {
		t.commas++
	}
	if strings.IndexByte(cell, '.') >= 0 {
		t.points++
	}
	n, ok := isCount(cell)
	if !ok {
		return
	}
	t.wholes++
	if line == 1 {
		t.next, t.hasNext = n, true
	}
	if t.hasNext && n == t.next+line-1 {
		t.counted++
	}
}

// present returns how many cells hold anything.
func (t *tally) present() int { return t.numbers + t.huge + t.texts }

// numeric reports whether the column is one of numbers, among which there may be texts.
func (t *tally) numeric() bool { return t.numbers+t.huge > 0 && t.numbers+t.huge >= t.texts }

// holdsDates and holdsOddNumbers report whether more than half of the texts are of that form.
func (t *tally) holdsDates() bool      { return 2*t.dates > min(t.texts, patternTexts) }
func (t *tally) holdsOddNumbers() bool { return 2*t.odd > min(t.texts, patternTexts) }

// countsOn reports whether the cells are next, next+1, and so on without end.
func (t *tally) countsOn() bool { return t.hasNext && t.counted == t.present()+t.missing }

// repeats reports whether each cell comes twice or more on average.
func (t *tally) repeats() bool { return t.many || 2*len(t.distinct) <= t.present() }

// decimal reports whether all cells are numbers written as decimals.
func (t *tally) decimal() bool { return t.numbers > 0 && t.decimals == t.present() }
