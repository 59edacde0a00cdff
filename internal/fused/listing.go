package main

import (
	"bufio"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// site is a line of a source file.
type site struct {
	file string
	line int
}

// listing has the fused instructions of an assembly listing.
type listing struct {
	functions int
	fused     map[site]map[string]int // how many of them each function has from a line
}

var instruction = regexp.MustCompile(`\(([^()]+):(\d+)\)\tFN?M(ADD|SUB)[SD]\t`)

// scan reads what the compiler lists under -S. Of inlined code a listing has the line where the code stands.
func scan(r io.Reader) (listing, error) {
	l, function := listing{fused: map[site]map[string]int{}}, ""
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		text := lines.Text()
		if name, _, ok := strings.Cut(text, " STEXT "); ok {
			function = name
			l.functions++
			continue
		}
		m := instruction.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		line, err := strconv.Atoi(m[2])
		if err != nil {
			return l, err
		}
		at := site{m[1], line}
		if l.fused[at] == nil {
			l.fused[at] = map[string]int{}
		}
		l.fused[at][function]++
	}
	return l, lines.Err()
}
