package main

import (
	"fmt"
	"io"
	"slices"
)

// far is the ratio below which a shape counts as far behind.
const far = 0.6

// report prints a line for each shape, and what they come to.
func report(w io.Writer, c conditions, verdicts []verdict) {
	fmt.Fprintf(w, "GFlop/s, %v; a link of a chain takes %.2f ns (%.2f GHz if that is %d cycles)\n",
		c, c.link*1e9, c.clock()*1e-9, latency)
	fmt.Fprintf(w, "peers' kernels: %s\n", c.cores)
	fmt.Fprintf(w, "%-15s %-11s %9s %9s %-9s %6s\n", "m n k", "class", "ours", "best peer", "", "ratio")
	for _, v := range verdicts {
		fmt.Fprintf(w, "%-15v %-11v %9s %9s %-9s %6.2f", v.Shape, classify(v.Shape),
			digits(v.rate(ours)*1e-9), digits(v.rate(v.peer)*1e-9), v.peer, v.ratio)
		if chains, most, few := c.bound(v.Shape); few {
			fmt.Fprintf(w, "  chains: %d, at most %s, %.0f%% reached",
				chains, digits(most*1e-9), 100*v.rate(ours)/most)
			if c.exceeded(v) {
				fmt.Fprint(w, ", exceeded by the peer")
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	for _, p := range peers {
		summary(w, "next to "+p.title, next(verdicts, p.name))
	}
	summary(w, "next to the best of them", ratios(verdicts, func(verdict) bool { return true }))
	for class := range classes {
		within := func(v verdict) bool { return classify(v.Shape) == class }
		summary(w, "  "+class.String(), ratios(verdicts, within))
	}
	hasFew := func(v verdict) bool {
		_, _, few := c.bound(v.Shape)
		return few
	}
	summary(w, "  few chains", ratios(verdicts, hasFew))
	summary(w, "  peer exceeds them", ratios(verdicts, c.exceeded))
}

// exceeded says whether the best peer is faster than chains allow.
func (c conditions) exceeded(v verdict) bool {
	_, most, few := c.bound(v.Shape)
	return few && v.rate(v.peer) > most
}

// summary prints a line about some ratios, if there are any.
func summary(w io.Writer, what string, ratios []float64) {
	if len(ratios) == 0 {
		return
	}
	reached, behind := 0, 0
	for _, r := range ratios {
		if r >= 1 {
			reached++
		}
		if r < far {
			behind++
		}
	}
	fmt.Fprintf(w, "%-25s %3d shapes, geometric mean %.3f, worst %.2f; %d at 1 or above, %d below %.1f\n",
		what, len(ratios), geometricMean(ratios), slices.Min(ratios), reached, behind, far)
}

// digits writes a rate with about three digits.
func digits(x float64) string {
	switch {
	case x < 1:
		return fmt.Sprintf("%.3f", x)
	case x < 100:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.1f", x)
}
