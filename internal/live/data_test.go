package live

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/setup"
)

// TestNamedData: what is said of each set with a name is so, and each can be chosen, with its classes if it has some.
func TestNamedData(t *testing.T) {
	for _, name := range dataset.Names() {
		_, w := newSession("one", Config{})
		set, err := dataset.Load(name, 1, dataset.Options{})
		if err != nil || about[name].text == "" || about[name].classes != (set.Labels != nil) {
			t.Errorf("%s: %+v, %v", name, about[name], err)
		}
		r := Request{Do: "data", Name: name}
		if about[name].classes {
			r.Labels = setup.OwnClasses
		}
		w.carryOut(request{Request: r})
		if w.chosen == nil || !slices.Equal(w.chosen.classes(), set.Classes) {
			t.Errorf("%s: %+v", name, w.chosen)
			continue
		}
		data, _ := w.chosen.event(Settings{})
		if kind := map[bool]string{true: imageKind, false: planeKind}[set.Image != nil]; data.Kind != kind || data.About == "" {
			t.Errorf("%+v", data)
		}
	}
}

// TestChoices: files of the configuration can be chosen by their paths, and none else.
func TestChoices(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	text := "x,kind,y\n"
	for i := range 60 {
		text += fmt.Sprintf("%d.5,%s,%d.25\n", i%7, strings.Repeat("k", 1+i%2), i*i%11)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	leaves(t)
	s := New("one", Config{Choices: []string{path}, Defaults: Defaults{Settings: Settings{Steps: 7, Hidden: []int{3}, Batch: 5}}})
	t.Cleanup(s.Close)
	p := open(t, s)
	hello, _, _ := await[Hello](p, 0, anyOf)
	if last := hello.Data[len(hello.Data)-1]; last.Name != path {
		t.Errorf("%+v", last)
	}
	p.ask(Request{Do: "data", Name: path + "x"})
	await[Failure](p, 0, anyOf)
	p.ask(Request{Do: "data", Name: path, Labels: "kind"})
	data, body, at := await[Data](p, 0, anyOf)
	if data.Kind != planeKind || data.Rows != 60 || !slices.Equal(data.Columns, []string{"x", "y"}) || data.Command != path ||
		!slices.Equal(data.Classes, []string{"k", "kk"}) || data.Plan.Steps != 7 || data.High[0] != 6.5 || floats(body)[1] != 0.25 {
		t.Errorf("%+v", data)
	}
	p.ask(Request{Do: "train"})
	told, _, _ := await[Training](p, at, anyOf)
	if want := "langevin train --data " + path + " --dir run --labels=kind --steps 7 --batch 5 --hidden 3"; told.Command != want {
		t.Errorf("%s, want %s", told.Command, want)
	}
	await(p, at, isDone)
}

// TestLeaveOut: what is wrong with a table is said with what to do about it on the page, which then is done.
func TestLeaveOut(t *testing.T) {
	text := "id,x,7\n"
	for i := range 60 {
		text += fmt.Sprintf("id %d,%d.5,%d\n", i, i%7, i*i%11)
	}
	load := func(r Request) (*dataset.Set, error) {
		s := &source{title: "a.csv", files: []file{{"a.csv", []byte(text)}}, drop: r.Drop, header: r.Header}
		return s.load(1, Limits{Values: 1000, Rows: 1000})
	}
	for _, c := range []struct {
		r    Request
		want string
	}{
		{Request{}, "say which by choosing First line: names or choosing First line: values"},
		{Request{Header: "yes"}, "leave it out by writing id into Columns to leave out"},
		{Request{Header: "yes", Drop: []string{"di"}}, "di"},
	} {
		if _, err := load(c.r); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "--") {
			t.Errorf("%+v: %v, want %q", c.r, err, c.want)
		}
	}
	set, err := load(Request{Header: "yes", Drop: []string{"id"}})
	if err != nil || set.X.Rows != 60 || set.X.Cols != 2 || set.Columns[1].Name != "7" {
		t.Errorf("%+v, %v", set, err)
	}
	for _, r := range []Request{{Name: "moons", Drop: []string{"1"}}, {Name: "moons", Header: "no"}} {
		if _, err := newSource(request{Request: r}, nil, Limits{}); err == nil {
			t.Errorf("%+v is taken", r)
		}
	}
}

// TestFolderOfOne: a folder with one image is a folder, and a backslash in a name is no folder.
func TestFolderOfOne(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	text := []byte(strings.Repeat("1,2\n2,1\n", 20))
	for _, c := range []struct {
		name, title, command string
		body                 []byte
	}{
		{"pictures/one.png", "pictures", "pictures", picture.Bytes()},
		{`a\b.csv`, `a\b.csv`, `a\b.csv`, text},
	} {
		s, err := newSource(request{
			Request: Request{Files: []Upload{{Name: c.name, Size: int64(len(c.body))}}}, body: c.body,
		}, nil, DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if set, err := s.load(1, DefaultLimits()); err != nil || set.X.Rows == 0 {
			t.Errorf("%s: %v", c.name, err)
		}
		if s.title != c.title || s.command() != c.command {
			t.Errorf("%s is %q, in command lines %q", c.name, s.title, s.command())
		}
	}
}

// TestFarRows: a few rows far away do not decide how far the axes and the score field of a page reach.
func TestFarRows(t *testing.T) {
	text := "x,y\n"
	for i := range 500 {
		text += fmt.Sprintf("%d.5,%d.25\n", i%7, i*i%11)
	}
	text += "1000000,3\n2,-1e20\n"
	d, err := choose(&source{title: "a.csv", files: []file{{"a.csv", []byte(text)}}}, &Config{Limits: Limits{Values: 10_000, Rows: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	h, _ := d.event(Settings{})
	if want := [...]float64{0.5, 9.5, 0.25, 15.25}; h.Low[0] != want[0] || h.High[0] > want[1] || h.Low[1] < -5 || h.High[1] > want[3] || h.Double {
		t.Errorf("the axes reach from %v to %v", h.Low, h.High)
	}
	all, err := choose(&source{name: "moons", title: "moons"}, &Config{})
	if err != nil {
		t.Fatal(err)
	}
	if v := all.view; !(v.low[0] < -2.5 && v.high[0] > 2.5) || v.double {
		t.Errorf("the view of moons is %+v", v)
	}
	text = "second,x\n0,0\n"
	for i := range 500 {
		text += fmt.Sprintf("%d,%d.5\n", 1_700_000_000+i*7, i*i%11)
	}
	moments, err := choose(&source{title: "a.csv", files: []file{{"a.csv", []byte(text)}}}, &Config{Limits: Limits{Values: 10_000, Rows: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	if h, body := moments.event(Settings{}); !h.Double || h.Low[0] < 1_699_000_000 || len(body) != 8*2*501 {
		t.Errorf("moments in seconds, and a missing one: %+v, %d bytes", h, len(body))
	}
}
