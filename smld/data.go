package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// Data is what a model trains on: data in the units that the model works in.
type Data struct {
	Encoding      *Encoding
	Points        kernels.Matrix // a finite set, or a sample of an endless distribution; not spread over bins
	HeldOut       kernels.Matrix // points that are not trained on, spread over bins
	Source        Source         // the training points, spread over bins where the encoding says so
	AugmentLabels int            // how many numbers tell how the source changed a point, see Augmented
	Conditions    int            // how many classes the points of the source have, see Classed, or 0
	HeldOutLabels []int          // the classes of HeldOut, where points have classes
	Endless       bool           // whether no point comes twice
	Description   Description
}

// DataConfig says how data become points.
type DataConfig struct {
	EncodingConfig
	// HoldOut is the share of a finite set's rows that are not trained on. The rows are taken evenly. Of
	// points without end, any share holds out 2,000 others.
	HoldOut float64
	Shift   int  // images move by up to that many pixels, see dataset.Shifted
	Told    bool // whether the network is told how
	Classes bool // whether the network is told the classes of the points, which are the set's Labels
	Seed    uint64
}

// NewData returns data as points. Their order in training follows from the seed.
func NewData(set *dataset.Set, config DataConfig) (*Data, error) {
	const most = 0.5
	if !(config.HoldOut >= 0 && config.HoldOut <= most) {
		return nil, fmt.Errorf("smld: a share of %v of the points to hold out: want 0 to %v",
			config.HoldOut, most)
	}
	if config.Classes {
		if err := checkLabels(set); err != nil {
			return nil, err
		}
	}
	d := &Data{Endless: set.Fresh != nil}
	used, held := set, kernels.Matrix64{}
	labels := set.Labels
	if !d.Endless && config.HoldOut > 0 {
		part := *set
		part.X, held = split(set.X, config.HoldOut)
		if config.Classes {
			labels, d.HeldOutLabels = splitLabels(set.Labels, config.HoldOut)
		}
		used = &part
	}
	e, err := NewEncoding(used, config.EncodingConfig)
	if err != nil {
		return nil, err
	}
	d.Encoding, d.Points = e, kernels.NewMatrix(used.X.Rows, e.Dim())
	e.Encode(d.Points, used.X)
	d.describe(set)
	label := d.begin(set, labels, config.Seed)
	if config.Shift != 0 {
		if err := d.shift(config, used.X); err != nil {
			return nil, err
		}
	}
	d.holdOut(set, held, config)
	if bins := e.Bins(); anyPositive(bins) {
		d.Source = Dequantized{d.Source, bins, config.Seed}
		Dequantize(d.HeldOut, bins, Numbers{Seed: config.Seed})
	}
	if config.Classes {
		d.Conditions = len(set.Classes)
		d.Description.Classes, d.Description.ClassColumn = set.Classes, set.ClassColumn
		d.Source = NewClassed(d.Source, d.Conditions, label)
	}
	return d, nil
}

// describe sets the description.
func (d *Data) describe(set *dataset.Set) {
	e := d.Encoding
	d.Description = Description{
		Name: set.Name, Shape: set.Shape, Low: toFloat32(e.Low), High: toFloat32(e.High), Double: set.Double,
	}
	if e.Image != nil { // which training spreads beyond the ends
		d.Description.Low -= float32(e.Step * spreadPart / 2)
		d.Description.High += float32(e.Step * spreadPart / 2)
	}
}

// holdOut sets the points that are not trained on.
func (d *Data) holdOut(set *dataset.Set, held kernels.Matrix64, config DataConfig) {
	const unseen, points = 1 << 32, 2000 // another seed than the training's
	if d.Endless && config.HoldOut > 0 {
		fresh := set.Fresh(config.Seed + unseen)
		if classes, ok := fresh.(dataset.Labelled); ok && config.Classes {
			d.HeldOutLabels = make([]int, points)
			classes.LabelBatch(d.HeldOutLabels, 0)
		}
		other := newEncoded(fresh, d.Encoding)
		d.HeldOut = kernels.NewMatrix(points, d.Encoding.Dim())
		other.Batch(d.HeldOut, 0)
		return
	}
	d.HeldOut = kernels.NewMatrix(held.Rows, d.Encoding.Dim())
	if held.Rows > 0 {
		d.Encoding.Encode(d.HeldOut, held)
	}
}

// split returns the rows of x in two parts, the second a share of them, taken evenly.
func split(x kernels.Matrix64, share float64) (rest, taken kernels.Matrix64) {
	n := int(share * float64(x.Rows))
	rest, taken = kernels.NewMatrix64(x.Rows-n, x.Cols), kernels.NewMatrix64(n, x.Cols)
	for i := range x.Rows {
		k := i * n / x.Rows // taken before row i
		if (i+1)*n/x.Rows > k {
			copy(taken.Row(k), x.Row(i))
		} else {
			copy(rest.Row(i-k), x.Row(i))
		}
	}
	return rest, taken
}

func anyPositive(x []float32) bool {
	for _, v := range x {
		if v > 0 {
			return true
		}
	}
	return false
}

// toFloat32 rounds to a finite number.
func toFloat32(v float64) float32 {
	return float32(max(-math.MaxFloat32, min(math.MaxFloat32, v)))
}

// encoded is a Source of rows of data as points.
type encoded struct {
	source   Source
	encoding *Encoding
	rows     kernels.Matrix
}

func newEncoded(s Source, e *Encoding) *encoded {
	return &encoded{source: s, encoding: e}
}

// Dim returns the dimension of a point.
func (s *encoded) Dim() int { return s.encoding.Dim() }

// Batch sets the rows of dst to points first, first+1 and so on.
func (s *encoded) Batch(dst kernels.Matrix, first uint64) {
	rows := s.room(dst.Rows)
	s.source.Batch(rows, first)
	s.encode(dst, rows)
}

// room returns place for rows of data.
func (s *encoded) room(n int) kernels.Matrix {
	if s.rows.Rows < n {
		s.rows = kernels.NewMatrix(n, s.encoding.Width())
	}
	return s.rows.Slice(0, n)
}

func (s *encoded) encode(dst, rows kernels.Matrix) {
	parallelRows(rows.Rows, dst.Cols, func(_, from, to int) {
		for i := from; i < to; i++ {
			encodeRow(s.encoding, dst.Row(i), rows.Row(i))
		}
	})
}
