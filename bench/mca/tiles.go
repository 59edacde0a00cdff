package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

var (
	tileName  = regexp.MustCompile(`(?m)^TEXT ·(gemm(?:64)?Block(?:To)?\d+NEON)\(SB\)`)
	tileSteps = regexp.MustCompile(`(?m)^(steps(\d+)):$`)
)

// printTiles prints the table of all tiles of products: what share of each processor's peak of fused
// multiply-adds the inner loop of each tile reaches, by its height and width. Those to a number of vectors
// have a last one that is cut.
func (a architecture) printTiles() error {
	dir, err := os.MkdirTemp("", "mca")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	code, err := a.assemble(dir)
	if err != nil {
		return err
	}
	const most = 12 // rows
	fmt.Printf("percent of the peak: %s\n\n| tile, rows |", strings.Join(a.processors, " / "))
	for rows := range most {
		fmt.Printf(" %d |", rows+1)
	}
	fmt.Printf("\n|---|%s\n", strings.Repeat("---|", most))
	for _, name := range tileName.FindAllStringSubmatch(code.source, -1) {
		if err := a.printTile(code, name[1], most); err != nil {
			return err
		}
	}
	return nil
}

// printTile prints the line of a tile, with a cell for each height.
func (a architecture) printTile(code assembled, function string, most int) error {
	_, text, _ := strings.Cut(code.source, "\nTEXT ·"+function+"(SB)")
	text, _, _ = strings.Cut(text, "\nTEXT ")
	cells := make([]string, most)
	for _, steps := range tileSteps.FindAllStringSubmatch(text, -1) {
		rows, err := strconv.Atoi(steps[2])
		if err != nil || rows < 1 || rows > most {
			return fmt.Errorf("%s has %s", function, steps[1])
		}
		body, err := a.loop(code, function, steps[1])
		if err != nil {
			return err
		}
		fmas := strings.Count(strings.Join(body, "\n"), "fmla")
		var shares []string
		for _, cpu := range a.processors {
			cycles, err := a.cycles(cpu, body)
			if err != nil {
				return err
			}
			peak, err := a.peak(cpu, strings.HasPrefix(function, "gemm64"))
			if err != nil {
				return err
			}
			shares = append(shares, fmt.Sprintf("%.0f", 100*float64(fmas)/cycles/peak))
		}
		cells[rows-1] = strings.Join(shares, "/")
	}
	fmt.Printf("| `%s` | %s |\n", function, strings.Join(cells, " | "))
	return nil
}
