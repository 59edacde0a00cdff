package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReach: a training whose levels miss what samplers or the data need says so, and so does eval of those
// that miss the data.
func TestReach(t *testing.T) {
	out := filepath.Join(t.TempDir(), "m.safetensors")
	for _, c := range []struct {
		want string
		args []string
	}{
		{"has not seen", []string{"--preconditioning", "ncsnv2", "--noise", "log-normal", "--log-mean=-2", "--log-std", "0.5"}},
		{"far below the largest distance", []string{"--sigma-max", "0.3"}},
		{"lack what is finer", []string{"--sigma-min", "0.5"}},
		{"", nil},
	} {
		args := append([]string{"train", "--data", "moons", "--out", out, "--steps", "2", "--batch", "8", "--hidden", "4"}, c.args...)
		code, _, stderr := command(args...)
		if noted := strings.Contains(stderr, "note: "); code != 0 || noted != (c.want != "") || !strings.Contains(stderr, c.want) {
			t.Errorf("%v: code %d, %s", c.args, code, stderr)
		}
		var r report
		if err := json.Unmarshal([]byte(mustRun(t, "eval", "--model", out, "--data", "moons", "--n", "40", "--levels", "4", "--json")),
			&r); err != nil {
			t.Fatal(err)
		}
		misses := slices.Contains(c.args, "--sigma-max") || slices.Contains(c.args, "--sigma-min")
		if (len(r.Warnings) > 0) != misses || misses && !strings.Contains(r.Warnings[0], c.want) {
			t.Errorf("%v: eval warns %q", c.args, r.Warnings)
		}
	}
}
