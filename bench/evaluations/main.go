// Evaluations measures how near samplers come to the truth with few evaluations of an exact score. It prints
// the tables of docs/samplers.md and draws its picture:
//
//	go run ./bench/evaluations -picture docs/pictures/evaluations.png
package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
)

func main() {
	path := flag.String("picture", "", "picture to write, .png or .svg")
	samples := flag.Int("samples", 100_000, "samples with noise; without, a fifth as many")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *path, *samples); err != nil {
		fmt.Fprintln(os.Stderr, "evaluations:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string, samples int) error {
	const least = 100
	if samples < least {
		return fmt.Errorf("-samples %d: want %d or more", samples, least)
	}
	m, err := measure(ctx, samples)
	if err != nil {
		return err
	}
	fmt.Print(table(m.errors), "\n", table(slices.Concat(m.variances, m.shares)))
	if path == "" {
		return nil
	}
	p, err := draw(m)
	if err != nil {
		return err
	}
	return p.Save(path)
}

// table returns a Markdown table with a line for each number of evaluations. The sampler with steps of its
// own has another number, which stands below it.
func table(all []series) string {
	var b strings.Builder
	b.WriteString("| evaluations |")
	for _, s := range all {
		if !s.own {
			fmt.Fprintf(&b, " %s |", s.title)
		}
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", strings.Count(b.String(), "|")-2) + "\n")
	for i, evaluations := range numbers {
		fmt.Fprintf(&b, "| %d |", evaluations)
		for _, s := range all {
			if !s.own {
				fmt.Fprintf(&b, " %s |", s.text(i))
			}
		}
		b.WriteString("\n")
	}
	for _, s := range all {
		if s.own {
			for i, p := range s.points {
				fmt.Fprintf(&b, "\n%s: %s with %.0f evaluations\n", s.title, s.text(i), p.evaluations)
			}
		}
	}
	return b.String()
}

// text returns a value as the table has it: with three decimals, or an error with two digits.
func (s *series) text(i int) string {
	v, decimals := s.points[i].value, 3
	if s.small {
		decimals = 1 - int(math.Floor(math.Log10(v)))
	}
	return strings.TrimPrefix(strconv.FormatFloat(v, 'f', decimals, 64), "0")
}
