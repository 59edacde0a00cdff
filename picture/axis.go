package picture

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

// axis maps values to places along an edge of a plot.
type axis struct {
	name      string
	low, high float64
	log       bool
	ticks     []tick
	fixed     bool // the ticks are given
	bare      bool // without labels at the ticks, as another plot's axis has them
	upright   bool // labels along the lower edge are
}

type tick struct {
	at    float64
	label string
}

// part returns where a value lies, 0 at the low end and 1 at the high one.
func (a *axis) part(v float64) float64 {
	if a.log {
		return (math.Log(v) - math.Log(a.low)) / (math.Log(a.high) - math.Log(a.low))
	}
	return (v - a.low) / (a.high - a.low)
}

// mark chooses ticks for an axis of that length: along the picture's lower edge their labels must have room beside each
// other, along its left edge above each other.
func (a *axis) mark(length vg.Length, beside bool) {
	if a.fixed {
		return
	}
	const most = 9
	for n := max(2, int(length/15)); ; n-- {
		a.ticks = a.numbers(n)
		room := vg.Length(0)
		for _, t := range a.ticks {
			if beside {
				room += textWidth(t.label, tickSize) + tickSize
			} else {
				room += 2.4 * tickSize
			}
		}
		if room <= length && len(a.ticks) <= most || n == 2 {
			return
		}
	}
}

// numbers returns about n ticks, two at least.
func (a *axis) numbers(n int) []tick {
	if a.log {
		return a.decades(n)
	}
	step := niceStep((a.high - a.low) / float64(n))
	ticks := a.multiples(step, n)
	for range 2 { // a step that is nearly as long as the axis may have one multiple on it
		if len(ticks) < 2 {
			step = niceStep(step * 0.4)
			ticks = a.multiples(step, n)
		}
	}
	return ticks
}

// multiples returns those of a step as ticks, about n.
func (a *axis) multiples(step float64, n int) []tick {
	var ticks []tick
	largest := max(math.Abs(a.low), math.Abs(a.high))
	first := math.Ceil(a.low/step - 1e-9)
	for k := range 4 * n { // more than there are: where the ends are all but one number, no step leads further
		v := float64((first + float64(k)) * step)
		if !(v <= a.high+float64(1e-9*step)) {
			break
		}
		ticks = append(ticks, tick{v, number(v, step, largest)})
	}
	return ticks
}

// niceStep returns the least of 1, 2 and 5 times a power of ten that is not below x.
func niceStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// logTen returns the logarithm to the base of ten, whose product within feeds no sum.
func logTen(x float64) float64 { return float64(math.Log10(x)) }

// number returns a multiple of a step as text, as all beside it are that are up to the largest.
func number(v, step, largest float64) string {
	decimals := max(0, int(-math.Floor(logTen(step)+1e-9)))
	if math.Abs(v) < step/2 {
		return "0"
	}
	unit := int(math.Floor(logTen(step) + 1e-9))
	// Of numbers that are large next to their differences, such as times, an exponent would only add to the digits.
	if largest < 1e5 && decimals <= 4 || largest >= 1e5 && unit <= 3 && largest < 1e12 {
		return minus(strconv.FormatFloat(v+0, 'f', decimals, 64))
	}
	const most = 12
	digits := int(math.Floor(logTen(math.Abs(v))+1e-9)) - unit
	return minus(power(strconv.FormatFloat(v, 'e', max(0, min(digits, most)), 64)))
}

// power shortens an exponent, 1e+06 to 1e6.
func power(t string) string {
	mantissa, exponent, found := strings.Cut(t, "e")
	if !found {
		return t
	}
	sign := ""
	if exponent[0] == '-' {
		sign = "-"
	}
	if exponent = strings.TrimLeft(exponent[1:], "0"); exponent == "" {
		return mantissa
	}
	return mantissa + "e" + sign + exponent
}

// minus sets a minus in the place of a hyphen. Of a zero it leaves none.
func minus(t string) string {
	if strings.Trim(t, "-0.") == "" {
		t = strings.TrimPrefix(t, "-")
	}
	return strings.ReplaceAll(t, "-", "−")
}

// decades returns ticks of a logarithmic axis, at powers of ten and, where there are few, between them. An axis with
// fewer than two such numbers has ticks as a linear one.
func (a *axis) decades(n int) []tick {
	from, to := math.Floor(math.Log10(a.low)), math.Ceil(math.Log10(a.high))
	span := logTen(a.high / a.low)
	within := []float64{1}
	switch {
	case span < 1.2 && n >= 4:
		within = []float64{1, 2, 3, 5}
	case span*2 <= float64(n) && n >= 3:
		within = []float64{1, 3}
	}
	every := math.Max(1, math.Ceil(span/float64(n)))
	var ticks []tick
	for e := from; e <= to; e += every {
		for _, m := range within {
			if v := float64(m * math.Pow(10, e)); v >= a.low*(1-1e-9) && v <= a.high*(1+1e-9) {
				ticks = append(ticks, tick{v, short(v)})
			}
		}
	}
	if len(ticks) < 2 && len(within) == 1 && span >= 0.5 && n < 4 { // from 2 to 20, where there is little room
		return a.decades(4)
	}
	if len(ticks) < 2 {
		return (&axis{low: a.low, high: a.high}).numbers(n)
	}
	return ticks
}

// short returns a number with up to three digits as text.
func short(v float64) string {
	return minus(power(strconv.FormatFloat(v, 'g', 3, 64)))
}

// spread widens the ends of an axis by a part of its length. Where both are one number, it takes room around it.
func (a *axis) spread(part float64) {
	if !(a.low <= a.high) {
		a.low, a.high = 0, 1
	}
	if a.log {
		if a.low == a.high {
			a.low, a.high = a.low/2, a.high*2
		}
		by := math.Pow(a.high/a.low, part)
		a.low, a.high = a.low/by, a.high*by
		return
	}
	// Below a part in 10^9 of the numbers themselves, labels would be too long to tell the ends apart.
	if least := 1e-9 * max(math.Abs(a.low), math.Abs(a.high)); a.high-a.low <= least {
		by := max(least, 0.5)
		if least > 0 {
			by = max(least, float64(0.1*math.Abs(a.high)))
		}
		a.low, a.high = a.low-by, a.high+by
	}
	by := float64(part * (a.high - a.low))
	a.low, a.high = a.low-by, a.high+by
}
