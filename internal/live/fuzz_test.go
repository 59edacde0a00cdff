package live

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/hostile"
)

// fuzzLimits are such that what a request may ask for is done in a moment.
var fuzzLimits = Limits{
	Upload: 1 << 20, Files: 8, Rows: 500, Values: 5000, Steps: 3, Batch: 16, Layers: 2, Width: 8, N: 8, Levels: 8, Evaluations: 20_000,
}

// FuzzHandle: a session takes any messages, one after the other, without a panic, and ends.
func FuzzHandle(f *testing.F) {
	for _, requests := range [][]Request{
		{{Do: "hello"}, {Do: "data", Name: "moons"}, {Do: "watch", Watch: &Watch{A: ddim(5), B: ddim(3), Field: true, Sigma: 0.1}},
			{Do: "train", Settings: &Settings{Steps: 3, Hidden: []int{8}, Batch: 4}}},
		{{Do: "data", Name: "digits", Labels: "class"}, {Do: "train", Settings: &Settings{Steps: 2, Hidden: []int{4}, Batch: 8}},
			{Do: "watch", Watch: &Watch{A: &Drawing{Sampler: "heun", N: 3, Class: "all", Options: map[string]any{"Levels": 4, "Churn": 2}}}},
			{Do: "get", What: "samples", Of: "a", Format: "csv"}},
		{{Do: "data", Files: []Upload{{Name: "a.csv", Size: 40}}, Labels: "1"}, {Do: "train", Settings: &Settings{Steps: 2, Hidden: []int{4}, Batch: 4}}},
		{{Do: "data", Files: []Upload{{Name: "a/b.png", Size: 20}, {Name: "a/c.png", Size: 20}}}, {Do: "pause"}, {Do: "go"}, {Do: "reset"}},
		{{Do: "data", Files: []Upload{{Name: "m.safetensors", Size: 40}}}, {Do: "again"}, {Do: "get", What: "data"}},
	} {
		var text []string
		for _, r := range requests {
			message, err := Encode(r, nil)
			if err != nil {
				f.Fatal(err)
			}
			text = append(text, string(message[lengthSize:]))
		}
		f.Add(strings.Join(text, "\n"), []byte(strings.Repeat("1,2.5,3\n4,5.5,6\n", 10)[:40]))
	}
	if _, err := dataset.Digits(); err != nil { // which is read once
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, headers string, body []byte) {
		const most = 6
		lines := strings.SplitN(headers, "\n", most+1)
		if len(lines) > most {
			return
		}
		// The sets with names have up to 10,000 rows, whatever a message has.
		hostile.Read(t, len(headers)+len(body)+len(lines)*100_000, hostile.Tables, func() {
			s, w := newSession("one", Config{Limits: fuzzLimits})
			s.Attach(func([]byte) bool { return true })
			for _, line := range lines {
				message := append(binary.LittleEndian.AppendUint32(nil, uint32(len(line))), line...)
				if strings.Contains(line, "files") {
					for len(message)%alignment != 0 {
						message = append(message, 0)
					}
					message = append(message, body...)
				}
				if err := s.Handle(message); err != nil {
					continue
				}
				for w.turn() {
				}
			}
		})
	})
}
