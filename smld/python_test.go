package smld

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// pythonWith returns a Python that has a module, or skips the test. The environment variable LANGEVIN_PYTHON
// names the program.
func pythonWith(t *testing.T, module string) string {
	python := os.Getenv("LANGEVIN_PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import "+module).Run(); err != nil {
		t.Skipf("%s has no %s: %v", python, module, err)
	}
	return python
}

// pythonModels returns a model of each preconditioning, trained for a few steps.
func pythonModels(t *testing.T) map[string]*Model {
	models := map[string]*Model{"residual": traveller(t, NCSNv2), "plain": traveller(t, EDM)}
	for name, c := range map[string]struct {
		data            string
		preconditioning Preconditioning
		augment         int
		classes         bool
	}{
		"linear": {"moons", Linear, 0, false}, "bounded": {"digits", Bounded, 0, false},
		"edm": {"digits", EDM, 2, false}, "classes": {"digits", EDM, 2, true},
		"moons": {"moons", Linear, 0, true},
	} {
		set := must[*dataset.Set](t)(dataset.Load(c.data, 1, dataset.Options{}))
		data := must[*Data](t)(NewData(set, DataConfig{Seed: 1, Classes: c.classes}))
		sigmas := must[[]float32](t)(Geometric(10, 0.01, 10))
		config := ModelConfig{
			Hidden: []int{16, 16}, Sigmas: sigmas, Preconditioning: c.preconditioning, Seed: 1,
			Encoding: data.Encoding, Data: data.Description, AugmentLabels: c.augment,
			Conditions: data.Conditions,
		}
		m := must[*Model](t)(NewModel(data.Points, config))
		for i := range m.Net.Block { // larger than at the start, so that all of the network shows
			m.Net.Block[i] += 0.3 * float32(math.Sin(float64(i)))
		}
		models[name] = m
	}
	return models
}

// TestPython: the readers of docs/python.md have the score of every kind of model.
func TestPython(t *testing.T) {
	text, err := os.ReadFile("../docs/python.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, part := range strings.Split(string(text), "```python\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		blocks = append(blocks, block)
		if lines := strings.Count(block, "\n"); lines > 70 {
			t.Errorf("a reader of %d lines", lines)
		}
	}
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of code", len(blocks))
	}
	for _, c := range []struct{ module, source, call string }{
		{"numpy", blocks[0], "score(model, x, sigma, condition)"},
		{"torch", blocks[0] + blocks[1], "Score(model)(torch.tensor(x).float(), sigma, condition).detach()"},
	} {
		t.Run(c.module, func(t *testing.T) {
			python := pythonWith(t, c.module)
			if c.module == "torch" {
				long(t) // to import it
			}
			for name, m := range pythonModels(t) {
				dir := t.TempDir()
				path := filepath.Join(dir, "model.safetensors")
				if err := m.Save(path); err != nil {
					t.Fatal(err)
				}
				x := kernels.NewMatrix(5, m.Dim())
				m.Prior(x, 1, Numbers{Seed: 1})
				rows := make([][]float32, x.Rows)
				for i := range rows {
					rows[i] = x.Row(i)
				}
				points, err := json.Marshal(rows)
				if err != nil {
					t.Fatal(err)
				}
				score, condition := Score(m.Score()), "None"
				if m.Conditions > 0 {
					score = must[*ConditionalScore](t)(m.Conditional(m.ClassConditions(1), 1))
					condition = fmt.Sprintf("%d**0.5 * np.eye(%d)[1]", m.Conditions, m.Conditions)
				}
				script := c.source + "\nimport sys\nmodel = load(sys.argv[1])\n" +
					"condition = " + condition + "\n" +
					"x = np.array(json.loads(sys.stdin.read()))\n" +
					"print(json.dumps([np.asarray(" + c.call + ").tolist() for sigma in (5.0, 0.5, 0.03)]))\n"
				run := exec.Command(python, "-c", script, path)
				run.Stdin = strings.NewReader(string(points))
				run.Stderr = os.Stderr
				out, err := run.Output()
				if err != nil {
					t.Fatal(name, err)
				}
				var got [][][]float64
				if err := json.Unmarshal(out, &got); err != nil {
					t.Fatal(err)
				}
				s := kernels.NewMatrix(x.Rows, x.Cols)
				for k, sigma := range []float32{5, 0.5, 0.03} {
					score.At(s, x, sigma)
					size := 0.0
					for _, v := range s.Data {
						size = max(size, math.Abs(float64(v)))
					}
					for i := range s.Rows {
						for j, v := range s.Row(i) {
							if d := math.Abs(got[k][i][j] - float64(v)); !(d <= 1e-5*size) {
								t.Fatalf("%s, level %v, row %d: %v, want %v of at most %v",
									name, sigma, i, got[k][i][j], v, size)
							}
						}
					}
				}
			}
		})
	}
}
