package live

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// source is where data come from.
type source struct {
	name   string // of a set that has one, else empty
	path   string // of a file of the configuration, else empty
	files  []file // that were uploaded
	folder bool   // whether they are a folder of images, be it of one
	title  string // for people
	labels string // as train --labels has them
	drop   []string
	header string
}

// file is an uploaded file.
type file struct {
	name string
	data []byte
}

// model reports whether the file is a model.
func (s *source) model() bool {
	name := s.path
	if len(s.files) == 1 {
		name = s.files[0].name
	}
	return strings.EqualFold(filepath.Ext(name), ".safetensors")
}

// large reports whether the source may have many values: all that is not small, or is packed.
func (s *source) large() bool {
	const small = 1 << 20
	size := 0
	for _, f := range s.files {
		if slices.Contains([]string{".gz", ".npz", ".png"}, strings.ToLower(filepath.Ext(f.name))) {
			return true
		}
		size += len(f.data)
	}
	return s.path != "" || size > small
}

// command is the name in command lines, such that a file is not taken for a flag or for a set with a name.
func (s *source) command() string {
	if s.name != "" {
		return s.name
	}
	if strings.HasPrefix(s.title, "-") || slices.Contains(dataset.Names(), s.title) {
		return "./" + s.title
	}
	return s.title
}

// load reads the set. The seed is that of the points of a set with a name.
func (s *source) load(seed uint64, l Limits) (*dataset.Set, error) {
	o := dataset.Options{MostValues: l.Values, Drop: s.drop, Header: s.header, Advise: advise}
	if s.labels != "" && s.name == "" {
		o.Label = s.labels
	}
	set, err := s.read(seed, o)
	switch {
	case err != nil && o.Label != "":
		return nil, fmt.Errorf("%w (the labels are to be in the column %s)", err, s.labels)
	case err != nil:
		return nil, err
	case s.labels != "" && s.name != "" && s.labels != setup.OwnClasses:
		return nil, fmt.Errorf("labels %.40q: %s has classes of its own, if any; they are the labels %s",
			s.labels, s.name, setup.OwnClasses)
	case s.labels != "" && s.name != "" && set.Labels == nil:
		return nil, fmt.Errorf("%s has no classes: leave out the labels", s.name)
	}
	if s.name != "" {
		return set, nil
	}
	return set, check("rows", s.title, set.X.Rows, l.Rows)
}

// advise words how to set an option of a table on the page.
func advise(option, value string) string {
	switch {
	case option == "drop":
		return fmt.Sprintf("writing %s into Columns to leave out", value)
	case value == "yes":
		return "choosing First line: names"
	default:
		return "choosing First line: values"
	}
}

// read reads the set from where it is.
func (s *source) read(seed uint64, o dataset.Options) (*dataset.Set, error) {
	switch {
	case s.name != "":
		return dataset.Load(s.name, seed, dataset.Options{})
	case s.path != "":
		return dataset.Open(s.path, o)
	case s.folder:
		return dataset.ReadFolder(s.title, newFolder(s.files), o)
	}
	f := s.files[0]
	return dataset.Read(f.name, bytes.NewReader(f.data), int64(len(f.data)), o)
}

// newSource returns where the data of a request come from.
func newSource(r request, choices []string, l Limits) (*source, error) {
	s := &source{labels: r.Labels, drop: r.Drop, header: r.Header}
	switch {
	case r.Name != "" && len(r.Files) > 0:
		return nil, fmt.Errorf("data by the name %.40q and by %d files: want one of them", r.Name, len(r.Files))
	case r.Name != "" && slices.Contains(choices, r.Name):
		s.path, s.title = r.Name, r.Name
	case r.Name != "" && slices.Contains(dataset.Names(), r.Name):
		s.name, s.title = r.Name, r.Name
		if len(r.Drop) > 0 || r.Header != "" {
			return nil, fmt.Errorf("%s is no table of a file: leave out the columns to leave out and the header", r.Name)
		}
	case r.Name != "":
		return nil, fmt.Errorf("there are no data of the name %.40q here: choose one of %s", r.Name,
			strings.Join(append(dataset.Names(), choices...), ", "))
	case len(r.Files) == 0:
		return nil, fmt.Errorf("no data are named and no file is there: name data, or drop a file")
	default:
		return s, s.take(r, l)
	}
	return s, nil
}

// take takes the files of a request.
func (s *source) take(r request, l Limits) error {
	if err := check("files", "the upload", len(r.Files), l.Files); err != nil {
		return err
	}
	if n := int64(len(r.body)); n > l.Upload {
		return fmt.Errorf("the upload has %d bytes, and at most %d are taken here: choose a smaller file",
			n, l.Upload)
	}
	rest := r.body
	for _, u := range r.Files {
		if u.Size < 0 || u.Size > int64(len(rest)) {
			return fmt.Errorf("the file %.40q has %d bytes and the message has %d of it: send it again",
				u.Name, u.Size, len(rest))
		}
		name := path.Clean("/" + u.Name)[1:]
		if name == "" {
			return fmt.Errorf("a file has the name %.40q: give it another", u.Name)
		}
		s.files = append(s.files, file{name, rest[:u.Size:u.Size]})
		rest = rest[u.Size:]
	}
	if len(rest) > 0 {
		return fmt.Errorf("the message has %d bytes more than its files: send it again", len(rest))
	}
	s.title = s.files[0].name
	s.folder = len(s.files) > 1 || strings.Contains(s.title, "/")
	if s.folder {
		if s.title = path.Dir(s.title); s.title == "." {
			s.title = "images"
		}
		for i := range s.files {
			s.files[i].name = path.Base(s.files[i].name)
		}
		slices.SortFunc(s.files, func(a, b file) int { return strings.Compare(a.name, b.name) })
		for i := range s.files[1:] {
			if s.files[i].name == s.files[i+1].name {
				return fmt.Errorf("two files have the name %.40q, in different folders: give the files of one folder",
					s.files[i].name)
			}
		}
	}
	return nil
}

// check returns an error for more than the limit of what has a name.
func check(what, of string, n, most int) error {
	if n > most {
		return fmt.Errorf("%s: %d %s, and at most %d are taken here", of, n, what, most)
	}
	return nil
}

// chosen is data that were chosen: a set to train on, or a model to draw from.
type chosen struct {
	source  *source
	set     *dataset.Set // nil of a model
	data    *smld.Data   // of the last seed, nil of a model
	seed    uint64       // of data
	usual   smld.Plan    // that planned chooses
	planned *smld.Data
	model   *smld.Model // that was uploaded
	raw     []byte      // the uploaded file, if it is small
	view    view
	truths  truths
	scene   scene
}

// mostRaw is how large an uploaded file may be to be kept, so that it can be had as a file: points that were
// drawn on the page are no file yet.
const mostRaw = 4 << 20

// choose reads data.
func choose(s *source, c *Config) (*chosen, error) {
	d := &chosen{source: s}
	if s.model() {
		if err := d.loadModel(); err != nil {
			return nil, err
		}
		d.view = d.newView()
		return d, nil
	}
	if err := d.prepare(1, c.Limits); err != nil {
		return nil, err
	}
	if len(s.files) == 1 && !s.folder && len(s.files[0].data) <= mostRaw {
		d.raw = slices.Clone(s.files[0].data)
	}
	s.files = nil
	return d, nil
}

// loadModel reads a model.
func (d *chosen) loadModel() (err error) {
	if d.source.labels != "" {
		return fmt.Errorf("%s is a model, which knows its classes: leave out the labels", d.source.title)
	}
	if len(d.source.drop) > 0 || d.source.header != "" {
		return fmt.Errorf("%s is a model, not a table: leave out the columns to leave out and the header", d.source.title)
	}
	if d.source.path != "" {
		d.model, err = smld.LoadModel(d.source.path)
		return err
	}
	f := d.source.files[0]
	d.source.files = nil
	d.model, err = smld.ReadModel(bytes.NewReader(f.data), int64(len(f.data)), f.name)
	return err
}

// prepare makes the data of a seed, as train --dir does. The points of a set with a name follow from the seed.
func (d *chosen) prepare(seed uint64, l Limits) error {
	if d.data != nil && d.seed == seed {
		return nil
	}
	set := d.set
	if set == nil || d.source.name != "" {
		var err error
		if set, err = d.source.load(seed, l); err != nil {
			return err
		}
	}
	data, err := smld.NewData(set, smld.DataConfig{
		HoldOut: setup.HoldOut, Told: true, Seed: seed, Classes: d.source.labels != "",
	})
	if err != nil {
		return err
	}
	d.set, d.data, d.seed = set, data, seed
	d.truths, d.scene, d.view = truths{}, scene{}, d.newView()
	return nil
}

// classes returns the names of the classes that a model of the data knows.
func (d *chosen) classes() []string {
	if d.model != nil {
		return d.model.Data.Classes
	}
	return d.data.Description.Classes
}
