package main

import (
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCompletion: each shell's script has all commands and flags, and bash completes what there is.
func TestCompletion(t *testing.T) {
	commands := newParser(&commands{}, io.Discard, io.Discard).Model.Children
	for _, shell := range []string{"bash", "zsh", "fish"} {
		script := mustRun(t, "completion", shell)
		for _, c := range commands {
			for _, flag := range visible(c) {
				if shell == "fish" {
					flag = "-l " + strings.TrimPrefix(flag, "--")
				}
				if !strings.HasPrefix(flag, "-l no-") && !strings.Contains(script, flag) {
					t.Errorf("%s: the script has no %s of %s", shell, flag, c.Name)
				}
			}
		}
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash")
	}
	script := writeFile(t, filepath.Join(t.TempDir(), "script"), mustRun(t, "completion", "bash"))
	for line, want := range map[string][]string{
		"langevin s":                      {"sample", "sweep", "serve"},
		"langevin sample --sampler dpm3":  {"dpm3m", "dpm3m-sde"},
		"langevin train --data 2s":        {"2spirals"},
		"langevin train --no-a":           {"--no-augment-labels"},
		"langevin likelihood --tolerance": {"--tolerance"},
		"langevin completion z":           {"zsh"},
		"langevin sample --model m":       nil, // a file, which bash knows
	} {
		words := strings.Fields(line)
		out, err := exec.Command("bash", append([]string{"-c", `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); ` +
			`_langevin; echo "${COMPREPLY[@]}"`, script}, words...)...).Output()
		if got := strings.Fields(string(out)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", line, got, err, want)
		}
	}
}
