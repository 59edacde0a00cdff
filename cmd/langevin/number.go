package main

import (
	"fmt"
	"math"
	"strconv"
)

// count is a flag's value of at least 1; zero is that of a flag that is not given.
type count int

// UnmarshalText reads the value from a command line.
func (n *count) UnmarshalText(text []byte) error {
	v, err := strconv.Atoi(string(text))
	if err != nil || v < 1 {
		return fmt.Errorf("%q: want a whole number, 1 or more", text)
	}
	*n = count(v)
	return nil
}

// positive is a flag's value above zero; zero is that of a flag that is not given.
type positive float64

// UnmarshalText reads the value from a command line.
func (x *positive) UnmarshalText(text []byte) error {
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(v > 0) || math.IsInf(v, 1) {
		return fmt.Errorf("%q: want a number above zero", text)
	}
	*x = positive(v)
	return nil
}

// UnmarshalJSON reads the value from settings, in which zero stands for none that is given.
func (x *positive) UnmarshalJSON(text []byte) error {
	if string(text) == "0" {
		*x = 0
		return nil
	}
	return x.UnmarshalText(text)
}
