// Suite is an ablation of the settings that smld.Choose takes. It trains on sets of many kinds with those
// settings, and with one changed at a time. It prints how far the samples are from rows that no training saw.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	setNames := flag.String("sets", "", "sets to take, with commas between; by default all")
	settingNames := flag.String("settings", "", "settings to take beside the defaults; by default all")
	seeds := flag.Int("seeds", 1, "trainings of each setting, whose measures are averaged")
	mnist := flag.String("mnist", "", "file of MNIST's images, which adds the set mnist")
	flag.Parse()
	if err := run(*setNames, *settingNames, *seeds, *mnist); err != nil {
		fmt.Fprintln(os.Stderr, "suite:", err)
		os.Exit(1)
	}
}

// result is what one setting reached on one set.
type result struct {
	setting string
	measure float64
}

func run(setNames, settingNames string, seeds int, mnist string) error {
	if seeds < 1 {
		return fmt.Errorf("-seeds %d: want 1 or more", seeds)
	}
	all := problems(mnist)
	chosen, err := pick(all, setNames, func(p problem) string { return p.name })
	if err != nil {
		return fmt.Errorf("-sets: %w", err)
	}
	changed, err := pick(settings, settingNames, func(s setting) string { return s.name })
	if err != nil {
		return fmt.Errorf("-settings: %w", err)
	}
	summary := "\n| set | defaults | best setting | | defaults / best |\n|---|---|---|---|---|\n"
	fmt.Print("| set | setting | measure | | seconds |\n|---|---|---|---|---|\n")
	for _, p := range chosen {
		line, err := compare(p, changed, seeds)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		summary += line
	}
	fmt.Print(summary)
	return nil
}

// compare trains with the defaults and with each changed setting, and returns the set's line of the summary.
func compare(p problem, changed []setting, seeds int) (string, error) {
	var results []result
	if p.mixture == "" {
		m, about, err := measure(p, setting{name: trainingRows}, 1)
		if err != nil {
			return "", err
		}
		fmt.Printf("| %s | %s | %.3g | %s | |\n", p.name, trainingRows, m, about)
	}
	for _, s := range append([]setting{{name: "defaults"}}, changed...) {
		start, sum, about := time.Now(), 0.0, ""
		for seed := range seeds {
			m, what, err := measure(p, s, uint64(seed)+1)
			if err != nil {
				return "", fmt.Errorf("%s: %w", s.name, err)
			}
			sum += m / float64(seeds)
			about = what
		}
		seconds := time.Since(start).Seconds() / float64(seeds)
		fmt.Printf("| %s | %s | %.3g | %s | %.1f |\n", p.name, s.name, sum, about, seconds)
		results = append(results, result{s.name, sum})
	}
	best := slices.MinFunc(results, func(a, b result) int {
		if a.measure < b.measure {
			return -1
		}
		return 1
	})
	return fmt.Sprintf("| %s | %.3g | %s | %.3g | %.2f |\n",
		p.name, results[0].measure, best.setting, best.measure, results[0].measure/best.measure), nil
}

// pick returns those of all that names name, in that order, or all.
func pick[T any](all []T, names string, name func(T) string) ([]T, error) {
	if names == "" {
		return all, nil
	}
	var picked []T
	for _, n := range strings.Split(names, ",") {
		i := slices.IndexFunc(all, func(t T) bool { return name(t) == n })
		if i < 0 {
			return nil, fmt.Errorf("no %q", n)
		}
		picked = append(picked, all[i])
	}
	return picked, nil
}
