package browser

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// What pages say of themselves.
const (
	isOpen   = `document.documentElement.dataset.connection == "open"`
	isDone   = `document.documentElement.dataset.phase == "done"`
	trains   = `document.documentElement.dataset.phase == "training"`
	hasData  = `langevin.state.data`
	finished = isDone + ` && langevin.lastDrawn.a?.step == langevin.state.progress.total`
)

// ready opens the page and waits until it can be used.
func (s *server) ready(t *testing.T, browser *chrome, width int64) *tab {
	t.Helper()
	p := browser.open(t, s.url, width)
	p.wait(10*time.Second, isOpen+" && "+hasData)
	return p
}

// train begins a training of so many steps of what is chosen.
func (p *tab) train(steps int) {
	p.Helper()
	p.set("#steps", fmt.Sprint(steps))
	p.click("#start")
	p.wait(10*time.Second, trains+" || "+isDone)
}

// widths are those of a desk and of a phone.
var widths = []int64{1280, 390}

// TestEightGaussians: in a live training the loss falls, and the particles settle in the eight modes. The page has a
// drawing while it trains, and takes another sampler then.
func TestEightGaussians(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	for _, width := range widths {
		p := s.ready(t, b, width)
		p.shot("begin")
		p.click("#data-8gaussians")
		p.wait(5*time.Second, `langevin.state.data.name == "8gaussians"`)
		p.train(3000)
		p.wait(20*time.Second, `langevin.lastDrawn.a && document.documentElement.dataset.step > 100`)
		p.shot("training")
		before := value[int](p, `langevin.lastDrawn.a.draw`)
		p.set("#sampler-a", "heun")
		p.wait(20*time.Second, fmt.Sprintf(`langevin.lastDrawn.a.draw > %d && langevin.lastDrawn.a.evaluations == 79`, before))
		p.set("#sampler-a", "dpm2m-sde")
		p.wait(60*time.Second, finished+` && langevin.lastDrawn.a.evaluations == 25`)
		p.wait(20*time.Second, `document.querySelector("#player:not(.waiting)")`)
		p.shot("done")

		mean := value[[]float64](p, `Array.from(langevin.losses.mean)`)
		if early, late := mean[min(200, len(mean)/10)], mean[len(mean)-1]; !(late < 0.9*early) {
			t.Errorf("the loss is %.3f in the beginning and %.3f in the end", early, late)
		}
		checkModes(t, value[[]float64](p, `Array.from(langevin.lastDrawn.a.samples)`))
		if overflow := value[int](p, `document.documentElement.scrollWidth - innerWidth`); overflow > 0 {
			t.Errorf("at %d pixels the page is %d too wide", width, overflow)
		}
		p.wait(5*time.Second, `[...document.querySelectorAll("#measures-a tbody tr")].some(r => /8 of 8/.test(r.textContent))`)
	}
}

// checkModes checks that samples settle in eight modes at a distance of 4 from the middle, in each an eighth.
func checkModes(t *testing.T, samples []float64) {
	t.Helper()
	const modes, radius = 8, 4.0
	counts, outside := [modes]int{}, 0
	n := len(samples) / 2
	for i := range n {
		x, y := samples[2*i], samples[2*i+1]
		k := int(math.Round(math.Atan2(y, x)/(2*math.Pi/modes)) + modes)
		angle := float64(k) * 2 * math.Pi / modes
		if math.Hypot(x-radius*math.Cos(angle), y-radius*math.Sin(angle)) > 1 {
			outside++
			continue
		}
		counts[k%modes]++
	}
	if n == 0 || outside > n/50 {
		t.Errorf("of %d samples %d are far from all modes", n, outside)
	}
	for k, count := range counts {
		if share := float64(count) / float64(n); share < 0.09 || share > 0.16 {
			t.Errorf("mode %d has %.3f of the samples, want about .125", k, share)
		}
	}
}

// TestSameBytes: model and samples that the page hands out are those of the command lines that it shows.
func TestSameBytes(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	p.click("#data-moons")
	p.wait(5*time.Second, `langevin.state.data.name == "moons"`)
	p.set("#batch", "64")
	p.train(400)
	p.set("#n-a", "300")
	p.set("#seed-a", "7")
	p.wait(30*time.Second, finished+` && langevin.lastDrawn.a.rows == 300`)
	p.click("#get-model-safetensors")
	p.click("#get-samples-a-npy")
	p.click("#get-samples-a-csv")
	model, npy, csv := p.download("model.safetensors"), p.download("samples.npy"), p.download("samples.csv")
	dir := t.TempDir()
	training := value[string](p, `document.querySelector("#command-train code").textContent`)
	sampling := value[string](p, `document.querySelector("#command-sample-a code").textContent`)
	run(t, dir, strings.Fields(training)[1:]...)
	trained, err := os.ReadFile(filepath.Join(dir, "run", "model.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(trained, model) {
		t.Errorf("the model of %q is another than the page's", training)
	}
	if err := os.WriteFile(filepath.Join(dir, "model.safetensors"), model, 0o666); err != nil {
		t.Fatal(err)
	}
	run(t, dir, strings.Fields(sampling)[1:]...)
	compare(t, dir, "samples.npy", npy)
	run(t, dir, strings.Fields(strings.Replace(sampling, "samples.npy", "samples.csv", 1))[1:]...)
	compare(t, dir, "samples.csv", csv)
	sum := sha256.Sum256(npy)
	if got := value[string](p, `langevin.lastDrawn.a.digest`); got != hex.EncodeToString(sum[:]) {
		t.Errorf("the page says %s of samples with %x", got, sum)
	}
	// What the page draws are these numbers.
	shown := value[[]float64](p, `Array.from(langevin.lastDrawn.a.samples)`)
	values := npy[len(npy)-4*len(shown):]
	for i, v := range shown {
		bits := uint32(values[4*i]) | uint32(values[4*i+1])<<8 | uint32(values[4*i+2])<<16 | uint32(values[4*i+3])<<24
		if math.Float32bits(float32(v)) != bits {
			t.Fatalf("number %d is shown as %v, and is %v", i, v, math.Float32frombits(bits))
		}
	}
}

// compare compares a file of the command with the page's.
func compare(t *testing.T, dir, name string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s of the command is another than the page's", name)
	}
}

// TestDrawnPoints: points that are drawn with the mouse are trained on, and samples lie where they are.
func TestDrawnPoints(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	for _, width := range widths {
		p := s.ready(t, b, width)
		p.click("#open-pad")
		box := p.still("#pad-canvas")
		at := func(x, y float64) (float64, float64) { return box[0] + x*box[2], box[1] + y*box[3] }
		// A line from the left to the right, above the middle: y = 2 in [-4, 4].
		x0, y0 := at(0.1, 0.25)
		x1, y1 := at(0.9, 0.25)
		p.do(chromedp.DragAndDropXY(x0, y0, x1, y1, 40))
		p.wait(5*time.Second, `!document.querySelector("#pad-use").disabled`)
		p.shot("pad")
		p.click("#pad-use")
		p.wait(5*time.Second, `langevin.state.data.name == "points.csv"`)
		p.train(600)
		p.wait(60*time.Second, finished)
		p.shot("done")
		samples := value[[]float64](p, `Array.from(langevin.lastDrawn.a.samples)`)
		near, spread := 0, 0
		for i := 0; i < len(samples); i += 2 {
			if math.Abs(samples[i+1]-2) < 0.6 {
				near++
			}
			if samples[i] < -1.5 || samples[i] > 1.5 {
				spread++
			}
		}
		if n := len(samples) / 2; near < n*9/10 || spread < n/4 {
			t.Errorf("of %d samples %d lie on the line, and %d at its ends", n, near, spread)
		}
	}
}

// TestDroppedTable: a table that is dropped on the page is trained on, and its columns can be chosen.
func TestDroppedTable(t *testing.T) {
	var table strings.Builder
	table.WriteString("length,width,kind\n")
	for i := range 300 {
		kind := []string{"small", "large"}[i%2]
		fmt.Fprintf(&table, "%.2f,%.2f,%s\n", float64(i%2)*3+math.Sin(float64(i)), math.Cos(float64(i*i)), kind)
	}
	path := filepath.Join(t.TempDir(), "shapes.csv")
	if err := os.WriteFile(path, []byte(table.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	for _, width := range widths {
		p := s.ready(t, b, width)
		p.drop("#drop", path)
		p.wait(10*time.Second, `langevin.state.data.name == "shapes.csv"`)
		if kind := value[string](p, `langevin.state.data.kind`); kind != "table" {
			t.Fatalf("the table is %q", kind)
		}
		p.train(300)
		p.wait(60*time.Second, finished)
		p.shot("done")
		if columns := value[int](p, `document.querySelectorAll("#axis-x option").length`); columns != 3 {
			t.Errorf("%d columns to choose among", columns)
		}
		broken := filepath.Join(t.TempDir(), "broken.csv")
		if err := os.WriteFile(broken, []byte("a,b\n1,2\n3\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		p.drop("#drop", broken)
		p.wait(10*time.Second, `/broken.csv/.test(document.querySelector("[data-error-for=data]:not([hidden])")?.textContent)`)
		p.shot("error")
	}
}

// TestCompare: two samplers are drawn beside each other, the digits with their classes.
func TestCompare(t *testing.T) {
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	for _, width := range widths {
		p := s.ready(t, b, width)
		p.click("#data-digits")
		p.wait(5*time.Second, `langevin.state.data.name == "digits"`)
		p.set("#labels", "class")
		p.wait(5*time.Second, `langevin.state.data.classes?.length == 10`)
		p.train(400)
		p.click("#compare")
		p.wait(20*time.Second, `langevin.lastDrawn.b`)
		p.set("#sampler-b", "ddim")
		p.set("#levels-b", "50") // before the page has drawn with the sampler
		p.set("#class-a", "3")
		p.set("#guidance-a", "1.5")
		p.wait(60*time.Second, finished+` && langevin.lastDrawn.b.step == 400 && langevin.lastDrawn.b.evaluations == 50`)
		p.shot("done")
		for _, id := range []string{"a", "b"} {
			line := value[string](p, fmt.Sprintf(`document.querySelector("#command-sample-%s code").textContent`, id))
			if id == "a" != strings.Contains(line, "--class=3 --guidance=1.5") {
				t.Errorf("the command line of %s is %q", id, line)
			}
		}
	}
}
