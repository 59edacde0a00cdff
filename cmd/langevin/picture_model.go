package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// subject is a model of which there is to be a picture.
type subject struct {
	*pictures
	model   *smld.Model
	data    string
	truth   kernels.Matrix64 // rows of data, or none
	classes *classes
}

// subjectOf reads the data of a model: those that are named, or those that the model was trained on, if they have a name.
func (p *pictures) subjectOf(m *smld.Model) (*subject, error) {
	s := &subject{pictures: p, model: m, data: p.Data}
	if s.data == "" && slices.Contains(dataset.ToyNames(), m.Data.Name) {
		s.data = m.Data.Name
	}
	var err error
	if s.truth, err = loadTruth(&p.readFlags, s.data, m); err != nil {
		return nil, err
	}
	s.classes, err = p.classFlags.find(m, p.Model)
	return s, err
}

// drawing returns how samples are drawn.
func (s *subject) drawing() (*drawing, error) {
	name, options := cmp.Or(s.Sampler, smld.DefaultSampler), s.samplerOptions()
	if s.Sampler == "" && (s.Kind == "trajectories" || s.Kind == "flow") {
		name = "heun"
		if _, ok := options["Levels"]; !ok {
			options["Levels"] = framesOfSamples
		}
	}
	d, err := newDrawing(s.model, name, options, s.Seed)
	if err != nil {
		return nil, err
	}
	d.classes = s.classes
	return d, nil
}

func (s *subject) samples(c *console, d *drawing) (picture.Drawn, error) {
	if err := picture.CheckSamples(s.model); err != nil {
		return nil, err
	}
	n := s.N
	if n == 0 {
		n = 100
		if s.model.Image() == nil {
			n = 5000
		}
	}
	x, _, err := d.samples(c, n)
	if err != nil {
		return nil, err
	}
	o := picture.SamplesOptions{Title: s.Title, True: s.truth, Columns: s.classes.columns(), Names: s.classes.picturedNames()}
	return picture.Samples(s.model, s.model.Rows(x.Slice(0, pictured(n, s.model))), o)
}

func (s *subject) neighbours(c *console, d *drawing) (picture.Drawn, error) {
	if s.model.Image() == nil {
		return nil, fmt.Errorf("cannot draw neighbours of %s: the model is of no images", s.model.Data.Name)
	}
	set, err := s.load(s.data, s.Seed, s.model, false)
	if err != nil {
		return nil, err
	}
	x, _, err := d.samples(c, cmp.Or(s.N, 20))
	if err != nil {
		return nil, err
	}
	x = s.model.Points(s.model.Rows(x)) // as rounding leaves them
	return neighbours(x, s.model.Points(set.X), s.model)
}

func (s *subject) trajectories(c *console, d *drawing) (picture.Drawn, error) {
	if _, err := picture.UnitsOf(s.model); err != nil {
		return nil, err
	}
	const moments = 200
	way, err := d.follow(c, min(cmp.Or(s.N, 50), picture.MostTrajectories), moments)
	if err != nil {
		return nil, err
	}
	p := axesOf(s.model)
	p.Title = s.Title
	return picture.Trajectories(way, p, s.behind()...)
}

// behind returns the true points, if there are some.
func (s *subject) behind() []picture.Points {
	const most = 3000
	if s.truth.Rows == 0 {
		return nil
	}
	return []picture.Points{{Name: "true points", X: s.truth.Slice(0, min(s.truth.Rows, most)), True: true}}
}

// field draws the score field over the exact density, where it is known, or that of the true points.
func (s *subject) field() (picture.Drawn, error) {
	units, err := picture.UnitsOf(s.model)
	if err != nil {
		return nil, err
	}
	score, err := s.score()
	if err != nil {
		return nil, err
	}
	if s.truth.Rows == 0 {
		return nil, fmt.Errorf("picture field needs --data, over whose density the field lies: %s has none by its name", s.Model)
	}
	o := picture.FieldOptions{Plane: axesOf(s.model), Units: units}
	o.Bounds = picture.BoundsAround(s.truth, 0.3)
	if o.Density, err = s.density(); err != nil {
		return nil, err
	}
	return picture.Field(score, s.levels(), o)
}

// score returns the score of the model, or of a class.
func (s *subject) score() (smld.Score, error) {
	if s.classes == nil {
		return s.model.Score(), nil
	}
	if s.classes.all {
		return nil, usage("--class all is no class: name one")
	}
	return s.classes.score(0, 1)
}

// density returns the density of the data in units of the model.
func (s *subject) density() (picture.Density, error) {
	if mixture, err := smld.NamedMixture(s.data); err == nil {
		if s.model.Encoding == nil {
			return mixture, nil
		}
		return mixture.Encoded(s.model.Encoding)
	}
	const most = 4000
	points := s.model.Points(s.truth)
	some, err := smld.NewEmpirical(points.Slice(0, min(points.Rows, most)))
	if err != nil {
		return nil, err
	}
	_, std := smld.Statistics(points)
	return smooth{some, float32(0.05 * std)}, nil
}

// smooth is the density of some points. At small noise levels each of them would be a spot of its own, and the least
// level takes their place.
type smooth struct {
	*smld.Empirical
	least float32
}

// LogDensity is that of the points with noise of the level, or of the least one.
func (s smooth) LogDensity(dst []float64, x kernels.Matrix, sigma float32) {
	s.Empirical.LogDensity(dst, x, max(sigma, s.least))
}

// levels returns the noise levels that are given, or three at which there is something to see.
func (s *subject) levels() []float32 {
	if len(s.sigmas) > 0 {
		return s.sigmas
	}
	var levels []float32
	for _, by := range []float64{0.1, 0.35, 1.2} {
		levels = append(levels, rounded(by*float64(s.model.Std)))
	}
	return levels
}

// rounded returns a number with two digits.
func rounded(v float64) float32 {
	if !(v > 0) {
		return 1
	}
	two, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	return float32(two)
}

// denoised draws true points with noise, and where the model expects them without.
func (s *subject) denoised() (picture.Drawn, error) {
	units, err := picture.UnitsOf(s.model)
	if err != nil {
		return nil, err
	}
	score, err := s.score()
	if err != nil {
		return nil, err
	}
	if s.truth.Rows == 0 {
		return nil, fmt.Errorf("picture denoised needs --data, to which it adds noise: %s has none by its name", s.Model)
	}
	x := s.model.Points(s.truth.Slice(0, min(s.truth.Rows, cmp.Or(s.N, 1500))))
	var panels []picture.Panel
	for _, sigma := range s.levels() {
		noisy, clean := kernels.NewMatrix(x.Rows, 2), kernels.NewMatrix(x.Rows, 2)
		kernels.AddNoise(noisy.Data, x.Data, sigma, kernels.Noise{Seed: s.Seed}, 0)
		score.At(clean, noisy, sigma)
		for i := range clean.Data {
			clean.Data[i] = noisy.Data[i] + float32(sigma*sigma*clean.Data[i])
		}
		panels = append(panels, picture.Panel{Title: fmt.Sprintf("σ = %.3g", sigma), Sets: []picture.Points{
			{Name: "with noise", X: units.Data(noisy), True: true},
			{Name: "denoised", X: units.Data(clean)},
		}})
	}
	p := axesOf(s.model)
	p.Bounds = picture.BoundsAround(s.truth, 0.3)
	return picture.Scatters(panels, p)
}

// planeOf reads points of the plane, at most so many.
func planeOf(name string, seed uint64, o dataset.Options, most int) (kernels.Matrix64, error) {
	set, err := dataset.Load(name, seed, o)
	if err != nil {
		return kernels.Matrix64{}, err
	}
	if set.X.Cols != 2 || set.Image != nil {
		return kernels.Matrix64{}, fmt.Errorf("cannot draw %s with noise: its rows have the shape %v: want points of the plane", name, set.Shape)
	}
	return someRows(set, most), nil
}
