package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// outcome is what became of a change.
type outcome string

const (
	killed   outcome = "killed"
	endless  outcome = "endless" // killed by the time limit
	survived outcome = "survived"
	same     outcome = "same" // the generator writes what it wrote before
	broken   outcome = "broken"
)

// trial is the copy of a tree in which changes are made, one after another.
type trial struct {
	dir, pkg string
	first    string // pattern of the tests that come before all tests
	limit    time.Duration
	made     map[string][]byte // by the generator without a change
}

// assembly are the files of the generator, by architecture.
var assembly = map[string]string{"amd64": "kernels/kernels_amd64.s", "arm64": "kernels/kernels_arm64.s"}

// begin builds and tests what has not been changed.
func (t *trial) begin() error {
	if t.pkg == "gen" {
		if out, err := t.generate(); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
		made, err := t.generated()
		if err != nil {
			return err
		}
		t.made = made
	}
	for _, arch := range []string{"amd64", "arm64"} {
		if arch == "arm64" && t.pkg != "gen" {
			continue
		}
		if out, err := t.test(arch); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
	}
	return nil
}

// of makes a change, tests it and takes it back.
func (t *trial) of(c change) (result outcome, err error) {
	path := filepath.Join(t.dir, filepath.FromSlash(c.file))
	source, err := os.ReadFile(path)
	if err != nil {
		return broken, err
	}
	changed := append(append(bytes.Clone(source[:c.from]), c.text...), source[c.to:]...)
	if err := os.WriteFile(path, changed, 0o644); err != nil {
		return broken, err
	}
	defer func() {
		if e := os.WriteFile(path, source, 0o644); err == nil {
			err = e
		}
	}()
	if _, err := t.command(nil, "build", "./"+t.pkg+"/...").CombinedOutput(); err != nil {
		return broken, nil
	}
	if t.pkg == "gen" {
		return t.ofGenerator()
	}
	return t.judge("amd64"), nil
}

// judge tests a change.
func (t *trial) judge(arch string) outcome {
	out, err := t.test(arch)
	switch {
	case err == nil:
		return survived
	case bytes.Contains(out, []byte("panic: test timed out")):
		return endless
	}
	return killed
}

// ofGenerator makes the kernels anew and tests those that have changed.
func (t *trial) ofGenerator() (outcome, error) {
	if _, err := t.generate(); err != nil {
		return killed, nil
	}
	made, err := t.generated()
	if err != nil {
		return broken, err
	}
	result := same
	for _, arch := range []string{"amd64", "arm64"} {
		if bytes.Equal(made[arch], t.made[arch]) {
			continue
		}
		if result = t.judge(arch); result != survived {
			return result, nil
		}
	}
	return result, nil
}

// generate does what make gen does. A changed generator may not come to an end.
func (t *trial) generate() ([]byte, error) {
	program := filepath.Join(t.dir, "generator")
	if out, err := t.command(nil, "build", "-o", program, "./gen").CombinedOutput(); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), t.limit)
	defer cancel()
	c := exec.CommandContext(ctx, program, "-out", assembly["amd64"], "-stubs", "kernels/stubs_amd64.go",
		"-pkg", "kernels")
	c.Dir = t.dir
	return c.CombinedOutput()
}

// generated reads the kernels.
func (t *trial) generated() (map[string][]byte, error) {
	made := map[string][]byte{}
	for arch, path := range assembly {
		data, err := os.ReadFile(filepath.Join(t.dir, filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		made[arch] = data
	}
	return made, nil
}

// test runs short tests: those of the package, or of the kernels for what generates them. Those that are to
// come first do.
func (t *trial) test(arch string) ([]byte, error) {
	if t.first != "" {
		if out, err := t.tests(arch, "-run", t.first); err != nil {
			return out, err
		}
	}
	return t.tests(arch)
}

// tests runs short tests, with more flags.
func (t *trial) tests(arch string, flags ...string) ([]byte, error) {
	args := []string{"test", "-short", "-vet=off", "-failfast", "-count=1", "-timeout", t.limit.String()}
	args = append(args, flags...)
	if t.pkg != "gen" {
		return t.command(nil, append(args, "./"+t.pkg)...).CombinedOutput()
	}
	args = append(args, "./kernels")
	if arch == "arm64" {
		const slow = "Statistics|GoodnessOfFit|Flaws|Sleep|Workers|Together|NothingLeft"
		args = append(args, "-exec", "qemu-aarch64-static", "-skip", slow)
	}
	return t.command([]string{"GOARCH=" + arch}, args...).CombinedOutput()
}

// command is one of the go command in the copy.
func (t *trial) command(env []string, args ...string) *exec.Cmd {
	c := exec.Command("go", args...)
	c.Dir = t.dir
	c.Env = append(append(os.Environ(), "GOFLAGS=-buildvcs=false"), env...)
	return c
}
