package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// verdict is how a shape does.
type verdict struct {
	shape.Shape
	seconds map[string]float64 // of each driver, in its best round
	peer    string             // the fastest one
	ratio   float64            // of our speed to its
}

// rate returns a driver's operations a second.
func (v verdict) rate(driver string) float64 { return v.Flop() / v.seconds[driver] }

// judge takes the best round of each driver for each shape, and returns the shapes in the order of their
// ratios, worst first.
func judge(rows []row) ([]verdict, error) {
	var verdicts []verdict
	place := map[shape.Shape]int{}
	for _, r := range rows {
		i, ok := place[r.Shape]
		if !ok {
			i = len(verdicts)
			place[r.Shape] = i
			verdicts = append(verdicts, verdict{Shape: r.Shape, seconds: map[string]float64{}})
		}
		if best, ok := verdicts[i].seconds[r.driver]; !ok || r.seconds < best {
			verdicts[i].seconds[r.driver] = r.seconds
		}
	}
	for i := range verdicts {
		v := &verdicts[i]
		for _, p := range peers {
			if s, ok := v.seconds[p.name]; ok && (v.peer == "" || s < v.seconds[v.peer]) {
				v.peer = p.name
			}
		}
		if v.peer == "" || v.seconds[ours] == 0 {
			return nil, fmt.Errorf("shape %v: want rows of ours and of a peer", v.Shape)
		}
		v.ratio = v.seconds[v.peer] / v.seconds[ours]
	}
	if len(verdicts) == 0 {
		return nil, errors.New("there are no rows")
	}
	slices.SortStableFunc(verdicts, func(a, b verdict) int { return cmp.Compare(a.ratio, b.ratio) })
	return verdicts, nil
}

// next returns the ratios next to a peer, of the shapes that it has been timed on.
func next(verdicts []verdict, peer string) []float64 {
	var ratios []float64
	for _, v := range verdicts {
		if s, ok := v.seconds[peer]; ok {
			ratios = append(ratios, s/v.seconds[ours])
		}
	}
	return ratios
}

// ratios returns those next to the best peer, of the verdicts that a condition holds for.
func ratios(verdicts []verdict, holds func(verdict) bool) []float64 {
	var list []float64
	for _, v := range verdicts {
		if holds(v) {
			list = append(list, v.ratio)
		}
	}
	return list
}

// geometricMean returns that of positive numbers.
func geometricMean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Log(v)
	}
	return math.Exp(sum / float64(len(x)))
}
