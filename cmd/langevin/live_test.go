package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/live"
	"github.com/seed964deb49/langevin/kernels"
)

// watcher talks with a session.
type watcher struct {
	t      *testing.T
	s      *live.Session
	events chan []byte
}

func newWatcher(t *testing.T, s *live.Session) *watcher {
	w := &watcher{t, s, make(chan []byte, 1<<16)}
	s.Attach(func(message []byte) bool {
		w.events <- message
		return true
	})
	return w
}

// ask sends a request.
func (w *watcher) ask(r live.Request, body []byte) {
	w.t.Helper()
	message, err := live.Encode(r, body)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.s.Handle(message); err != nil {
		w.t.Fatal(err)
	}
}

// await waits for an event of a kind that is right, sets e to it and returns its body.
func (w *watcher) await(kind string, e any, right func() bool) []byte {
	w.t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case message := <-w.events:
			header, body, err := live.Split(message)
			if err != nil {
				w.t.Fatal(err)
			}
			var h struct{ Event, Message string }
			if json.Unmarshal(header, &h); h.Event == "error" {
				w.t.Fatal(h.Message)
			}
			if h.Event != kind {
				continue
			}
			if err := json.Unmarshal(header, e); err != nil {
				w.t.Fatal(err)
			}
			if right() {
				return body
			}
		case <-timeout:
			w.t.Fatalf("no event %s", kind)
		}
	}
}

// shellWords parts a command line as a shell does that knows single quotes alone.
func shellWords(t *testing.T, line string) []string {
	t.Helper()
	var all []string
	var word strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'':
			quoted = !quoted
		case c == '\\' && !quoted:
			i++
			word.WriteByte(line[i])
		case c == ' ' && !quoted:
			all = append(all, word.String())
			word.Reset()
		default:
			word.WriteByte(c)
		}
	}
	if all = append(all, word.String()); quoted || all[0] != "langevin" {
		t.Fatalf("%s: parted as %q", line, all)
	}
	return all[1:]
}

// TestLiveIsTrain: a session trains what train trains, and draws what sample draws, bit for bit, by the command
// lines that it tells. Drawings on the way change nothing.
func TestLiveIsTrain(t *testing.T) {
	csv := "size,kind,weight\n"
	for i := range 90 {
		csv += fmt.Sprintf("%d.%d,%s,%d\n", i*7%31, i%10, []string{"a", "b", "c"}[i*i%3], i*i%17-5)
	}
	plane := kernels.NewMatrix64(80, 2)
	for i := range plane.Rows {
		plane.Row(i)[0], plane.Row(i)[1] = float64(i*i%37)/7, float64(i*29%41)/9
	}
	var npy bytes.Buffer
	if err := dataset.WriteNPY(&npy, plane, true); err != nil {
		t.Fatal(err)
	}
	one, seven, much := 1.0, uint64(7), 1e-2
	ids := "the id,x,\"a,b\",7\n"
	for i := range 60 {
		ids += fmt.Sprintf("id %d,%d.5,%d,%d.25\n", i*i, i%7, i, i*i%11)
	}
	for _, c := range []struct {
		name     string
		request  live.Request
		files    [][]byte
		settings live.Settings
		drawing  live.Drawing
		extra    string // another format
	}{
		{
			"eight Gaussians", live.Request{Name: "8gaussians"}, nil,
			live.Settings{Steps: 70, Hidden: []int{16, 16}, Batch: 64, Seed: &seven},
			live.Drawing{Sampler: "dpm2m-sde", N: 40, Seed: 1}, "csv",
		},
		{
			"eight Gaussians with classes", live.Request{Name: "8gaussians", Labels: "class"}, nil,
			live.Settings{Steps: 40, Hidden: []int{16}},
			live.Drawing{Sampler: "rk45", N: 9, Seed: 5, Class: "3", Options: map[string]any{"Tolerance": 1e-3}}, "csv",
		},
		{
			"digits with classes", live.Request{Name: "digits", Labels: "class"}, nil, live.Settings{Steps: 30, Hidden: []int{32}},
			live.Drawing{Sampler: "heun", N: 23, Seed: 2, Class: "all", Guidance: &much,
				Options: map[string]any{"Levels": 9, "Churn": 1.5, "NoDenoise": true}}, "csv",
		},
		{
			"a table as it comes", live.Request{Files: []live.Upload{{Name: "my data.csv"}}}, [][]byte{[]byte(csv)}, live.Settings{},
			live.Drawing{Sampler: "pc", N: 30, Seed: 3, Options: map[string]any{"Levels": 20, "Predictor": "ancestral"}}, "csv",
		},
		{
			"a table with classes", live.Request{Files: []live.Upload{{Name: "-moons.csv"}}, Labels: "kind"}, [][]byte{[]byte(csv)},
			live.Settings{Steps: 20, Hidden: []int{8}}, live.Drawing{Sampler: "lms", N: 30, Seed: 3, Class: "b", Guidance: &one}, "csv",
		},
		{
			"a table without some columns", live.Request{Files: []live.Upload{{Name: "ids.csv"}}, Drop: []string{"the id", "a,b"}, Header: "yes"},
			[][]byte{[]byte(ids)}, live.Settings{Steps: 20, Hidden: []int{8}}, live.Drawing{Sampler: "ddim", N: 30, Seed: 3}, "csv",
		},
		{
			"an array with a name to quote", live.Request{Files: []live.Upload{{Name: "it's $HOME.npy"}}}, [][]byte{npy.Bytes()},
			live.Settings{Steps: 50, Batch: 32, Rate: 0.01, Hidden: []int{24, 24}},
			live.Drawing{Sampler: "consistent", N: 30, Seed: 1 << 60, Options: map[string]any{"Levels": 30, "Eta": 0.25}}, "csv",
		},
		{
			"images", live.Request{Files: []live.Upload{{Name: "pictures/b.png"}, {Name: "pictures/a.png"}, {Name: "pictures/c.png"},
				{Name: "pictures/d.PNG"}, {Name: "pictures/notes.txt"}}}, [][]byte{smallPicture(t, 1), smallPicture(t, 2), smallPicture(t, 3), smallPicture(t, 4), []byte("x")},
			live.Settings{Steps: 25, Hidden: []int{8}, Batch: 16}, live.Drawing{Sampler: "ddim", N: 6, Seed: 9, Options: map[string]any{"Levels": 15}}, "npy",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := live.New("test", live.Config{Gap: 0.3, PNG: samplesPNG})
			defer s.Close()
			w := newWatcher(t, s)
			var body []byte
			for i, data := range c.files {
				u := &c.request.Files[i]
				u.Size, body = int64(len(data)), append(body, data...)
				if err := os.MkdirAll(filepath.Dir(u.Name), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(u.Name, data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			c.request.Do = "data"
			w.ask(c.request, body)
			w.ask(live.Request{Do: "watch", Watch: &live.Watch{A: &c.drawing, Field: true}}, nil)
			w.ask(live.Request{Do: "train", Settings: &c.settings}, nil)
			var told live.Training
			w.await("training", &told, func() bool { return true })
			var drawn live.Drawn
			w.await("drawn", &drawn, func() bool { return drawn.Step == told.Settings.Steps })
			mustRun(t, append(shellWords(t, told.Command), "--quiet")...)
			model := filepath.Join("run", "model.safetensors")
			var f live.File
			w.ask(live.Request{Do: "get", What: "model"}, nil)
			equal(t, told.Command, w.await("file", &f, func() bool { return true }), model)

			if err := os.Rename(model, "model.safetensors"); err != nil {
				t.Fatal(err)
			}
			line := shellWords(t, drawn.Command)
			for _, format := range []string{"npy", c.extra, "png"} {
				w.ask(live.Request{Do: "get", What: "samples", Of: "a", Format: format}, nil)
				got := w.await("file", &f, func() bool { return true })
				for i := range line {
					if strings.HasPrefix(line[i], "samples.") {
						line[i] = f.Name
					}
				}
				mustRun(t, append(line, "--quiet")...)
				equal(t, drawn.Command, got, f.Name)
				if sum := sha256.Sum256(got); format == "npy" && drawn.Digest != hex.EncodeToString(sum[:]) {
					t.Errorf("the digest of the samples is %x, and %s was told", sum, drawn.Digest)
				}
			}
		})
	}
}

// equal fails the test unless a file has the bytes.
func equal(t *testing.T, command string, got []byte, file string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %s has %d bytes, and the session other %d", command, file, len(want), len(got))
	}
}

// smallPicture returns a picture of a few pixels.
func smallPicture(t *testing.T, seed int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 4, 3))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(i * i * seed * 37)}.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
