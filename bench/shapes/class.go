package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// short is the largest size that makes a shape one of its class.
const short = 8

// class says which of the sizes is small.
type class int

const (
	fewRows class = iota
	fewColumns
	shallow
	others
	classes // their number
)

func (c class) String() string {
	return [classes]string{"few rows", "few columns", "shallow k", "others"}[c]
}

// meaning returns what makes a shape one of the class.
func (c class) meaning() string {
	if c == others {
		return fmt.Sprintf("all above %d", short)
	}
	return fmt.Sprintf("%c smallest, up to %d", "mnk"[c], short)
}

// classify goes by the smallest size, and by the first of equal ones.
func classify(s shape.Shape) class {
	switch least := min(s.M, s.N, s.K); {
	case least > short:
		return others
	case s.M == least:
		return fewRows
	case s.N == least:
		return fewColumns
	}
	return shallow
}
