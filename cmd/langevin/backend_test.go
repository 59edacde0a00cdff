package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestWrongBackend: a wrong name in the environment is one sentence, and no obstacle to help.
func TestWrongBackend(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	for _, c := range []struct {
		name string
		args []string
		code int
	}{
		{"sse9", []string{"--help"}, 0},
		{"sse9", []string{"sample", "--model", "none", "--out", "x.npy"}, 1},
	} {
		var stdout, stderr bytes.Buffer
		p := process(t, &stderr, c.args...)
		p.Stdout, p.Env = &stdout, append(p.Env, "LANGEVIN_BACKEND="+c.name)
		if err := p.Start(); err != nil {
			t.Skip(err)
		}
		p.Wait()
		if got := p.ProcessState.ExitCode(); got != c.code {
			t.Errorf("%v: code %d, %s", c.args, got, &stderr)
		}
		if c.code == 0 && (stderr.Len() > 0 || !strings.Contains(stdout.String(), "Usage")) ||
			c.code == 1 && (strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), `LANGEVIN_BACKEND: no implementation "sse9"`)) {
			t.Errorf("%v: %s, %s", c.args, &stdout, &stderr)
		}
	}
}
