package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/seed964deb49/langevin/internal/oserror"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// evaluationsFigure is the sum of the score's evaluations over rows.
const evaluationsFigure = "evaluations"

// drawing draws samples of a model in blocks.
type drawing struct {
	model   *smld.Model
	sampler smld.Sampler
	seed    uint64
	first   uint64
	classes *classes    // of the samples, or nil
	way     *trajectory // notes their way, or nil; it wants one block
}

// newDrawing returns a drawing by the sampler of a name.
func newDrawing(m *smld.Model, name string, options smld.Options, seed uint64) (*drawing, error) {
	sampler, err := newSampler(name, m.Levels(), options)
	return &drawing{model: m, sampler: sampler, seed: seed}, err
}

// fill draws the samples from one up to another.
func (d *drawing) fill(c *console, w rowWriter, from, to int) (map[string]int64, error) {
	rows, sum := blockRows(d.model.Dim()), int64(0)
	if d.way != nil {
		rows = max(1, to-from)
	}
	score, err := d.score()
	if err != nil {
		return nil, err
	}
	watch, finish := d.watching(c, from, to, min(rows, to-from))
	defer finish()
	for at := from; at < to; at += rows {
		n := min(rows, to-at)
		numbers := smld.Numbers{Seed: d.seed, First: d.first + uint64(at)}
		if d.classes != nil && d.classes.all {
			if score, err = d.classes.score(numbers.First, n); err != nil {
				return nil, err
			}
		}
		x, evaluations, err := d.model.DrawFrom(c.ctx, score, d.sampler, n, numbers, watch(at))
		if err != nil {
			return nil, err
		}
		sum += int64(math.Round(evaluations * float64(n)))
		if err := w.Float32s(x.Data); err != nil {
			return nil, err
		}
	}
	return map[string]int64{evaluationsFigure: sum}, nil
}

// score returns the score of all samples, or nil where each has a condition of its own.
func (d *drawing) score() (smld.Score, error) {
	switch {
	case d.classes == nil:
		return d.model.Score(), nil
	case d.classes.all:
		return nil, nil
	}
	return d.classes.score(0, 1)
}

// samples returns n samples, and the mean number of score evaluations that one took.
func (d *drawing) samples(c *console, n int) (kernels.Matrix, float64, error) {
	if err := checkCount(n, d.model); err != nil {
		return kernels.Matrix{}, 0, err
	}
	rows := newMemoryRows(n, d.model.Dim(), false)
	figures, err := d.fill(c, rows, 0, n)
	if err != nil {
		return kernels.Matrix{}, 0, err
	}
	return rows.matrix(), float64(figures[evaluationsFigure]) / float64(n), nil
}

// watching returns what makes a block's callback, which shows the progress, and what ends it. Of several
// blocks it shows how many samples are drawn.
func (d *drawing) watching(c *console, from, to, rows int) (block func(at int) smld.Watch, finish func()) {
	if to-from <= rows {
		watch, finish := watching(c)
		return func(int) smld.Watch {
			if d.way == nil {
				return watch
			}
			note := d.way.watch(d.sampler.Start())
			return func(p smld.Progress) error { return cmp.Or(note(p), watch(p)) }
		}, finish
	}
	bar := c.progress("sampling", 0, to-from)
	return func(at int) smld.Watch {
		return func(p smld.Progress) error {
			n := min(rows, to-at)
			done := at - from + int(float64(n)*float64(p.Done)/float64(p.Total))
			bar.step(done, func() string { return fmt.Sprintf("%d samples", done) })
			return nil
		}
	}, bar.finish
}

// fileDigest returns the SHA-256 of a file.
func fileDigest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("cannot read %s: %w", path, oserror.Cause(err))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// digest returns the SHA-256 of values.
func digest(x kernels.Matrix64) string {
	sum := sha256.New()
	var word [8]byte
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			binary.LittleEndian.PutUint64(word[:], math.Float64bits(v))
			sum.Write(word[:])
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}
