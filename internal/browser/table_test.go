package browser

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestLeaveOut: a table with a column that cannot be learned from is refused with what to do, which then is done.
func TestLeaveOut(t *testing.T) {
	table := "id,length,7\n"
	for i := range 200 {
		table += fmt.Sprintf("no %d,%.2f,%d\n", i, math.Sin(float64(i)), i*i%11)
	}
	path := filepath.Join(t.TempDir(), "named.csv")
	if err := os.WriteFile(path, []byte(table), 0o666); err != nil {
		t.Fatal(err)
	}
	const complains = `%s.test(document.querySelector("[data-error-for=data]:not([hidden])")?.textContent)`
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	for _, width := range widths {
		p := s.ready(t, b, width)
		p.drop("#drop", path)
		p.wait(10*time.Second, fmt.Sprintf(complains, "/choosing First line: names/"))
		p.set("#first-line", "yes")
		p.wait(10*time.Second, fmt.Sprintf(complains, "/writing id into Columns to leave out/"))
		p.shot("refused")
		p.set("#leave-out", "id")
		p.wait(10*time.Second, `langevin.state.data.name == "named.csv" && langevin.state.data.cols == 2`)
		p.shot("read")
		p.set("#labels", "7")
		p.wait(10*time.Second, `langevin.state.data.classes?.length == 6 && langevin.state.data.cols == 1`)
		p.train(20)
		p.wait(30*time.Second, finished)
		line := value[string](p, `document.querySelector("#command-train code").textContent`)
		if !strings.Contains(line, "--data named.csv") || !strings.Contains(line, "--labels=7 --drop=id --header yes") {
			t.Errorf("the command line is %q", line)
		}
		p.click("#data-moons")
		p.wait(5*time.Second, `langevin.state.data.name == "moons" && document.querySelector("#table-field").hidden`)
	}
}

// TestFarValues: numbers that float32 does not have or tell apart are drawn as they are, their axes in parts of a power
// of ten or from a round value on.
func TestFarValues(t *testing.T) {
	far, moments := "huge,tiny,same\n", "second,heat\n"
	for i := range 400 {
		far += fmt.Sprintf("%g,%g,7\n", 1e39*math.Sin(float64(i)), 1e-40*(2+math.Cos(float64(i*i))))
		moments += fmt.Sprintf("%d,%.3f\n", 1_700_000_000+i*9%3600, 900*math.Sin(float64(i)))
	}
	s, b := serve(t, "127.0.0.1:0"), chromium(t)
	p := s.ready(t, b, 1280)
	for name, c := range map[string]struct {
		text  string
		cols  int
		names string
	}{
		"far.csv":     {far, 3, "huge × 1e39"},
		"moments.csv": {moments, 2, "+ 1,700,000,000"},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		p.drop("#drop", path)
		p.wait(10*time.Second, fmt.Sprintf(`langevin.state.data.name == %q`, name))
		if c.cols == 2 {
			p.click("#layer-field")
		}
		p.train(300)
		p.wait(30*time.Second, finished)
		time.Sleep(3 * time.Second)
		p.shot(strings.TrimSuffix(name, ".csv"))
		for _, values := range []string{"langevin.state.points", "langevin.lastDrawn.a.samples"} {
			different := value[int](p, fmt.Sprintf(`new Set(Array.from(%s).filter((v, i) => i %% %d == 0 && Number.isFinite(v))).size`, values, c.cols))
			if different < 200 {
				t.Errorf("%s: %s has %d different numbers in its first column", name, values, different)
			}
		}
	}
}
