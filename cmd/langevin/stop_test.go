package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestStoppedAtOnce: a signal ends each command soon, in one sentence with the code of the signal, and no file
// is there or half there.
func TestStoppedAtOnce(t *testing.T) {
	if testing.Short() || signal.Ignored(os.Interrupt) {
		t.Skip("starts processes")
	}
	in, out := t.TempDir(), t.TempDir()
	model, wide, data := filepath.Join(in, "m.st"), filepath.Join(in, "wide.st"), filepath.Join(in, "x.npy")
	few := []string{"--steps", "1", "--batch", "4", "--hidden", "200,200", "--levels", "3"}
	mustRun(t, append([]string{"train", "--data", "moons", "--out", model}, few...)...)
	x := kernels.NewMatrix64(3000, 60)
	for i := range x.Data {
		x.Data[i] = float64(i * i % 1009)
	}
	if err := dataset.Write(data, dataset.Table{X: x}); err != nil {
		t.Fatal(err)
	}
	mustRun(t, append([]string{"train", "--data", data, "--out", wide}, few...)...)
	result := filepath.Join(out, "x.csv")
	for i, args := range [][]string{
		{"sample", "--model", model, "--n", "1000000", "--out", result},
		{"eval", "--model", model, "--data", "moons", "--n", "100000", "--sampler", "annealed"},
		{"eval", "--exact"},
		{"eval", "--model", wide, "--data", data, "--sampler", "heun", "--levels", "2"}, // in the measures
		{"likelihood", "--model", wide, "--data", data, "--n", "3000", "--probes", "60", "--out", filepath.Join(out, "x.npy")},
		{"inpaint", "--model", model, "--data", "moons", "--n", "5000", "--hide", "1", "--out", result},
	} {
		sig := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[i%2]
		var stderr bytes.Buffer
		p := process(t, &stderr, append(args, "--quiet")...)
		if err := p.Start(); err != nil {
			t.Skip(err)
		}
		sent := make(chan time.Time, 1)
		time.AfterFunc(300*time.Millisecond, func() {
			sent <- time.Now()
			p.Process.Signal(sig)
		})
		err := p.Wait()
		took := time.Since(<-sent)
		if state, ok := p.ProcessState.Sys().(syscall.WaitStatus); ok && state.Signaled() {
			t.Skipf("%v: the signal came before the command", args)
		}
		if want := fmt.Sprintf("langevin: stopped by a signal (%v)\n", sig); stderr.String() != want || p.ProcessState.ExitCode() != 128+int(sig) {
			t.Errorf("%v: %v, stderr %q, want %q", args, err, &stderr, want)
		}
		const bound = time.Second // ten times as much as where no other process takes the cores
		if t.Logf("%v: %v", args, took); took > bound {
			t.Errorf("%v ends %v after the signal", args, took)
		}
		if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
			t.Errorf("%v leaves %v, %v", args, left, err)
		}
	}
}

// TestHold: a command that has something to keep is waited for, and cannot begin to hold on when it is to end.
func TestHold(t *testing.T) {
	ctx, end := context.WithCancelCause(t.Context())
	c, kept := &console{ctx: ctx}, errors.New("kept")
	err := c.await(func() error {
		if err := c.hold(); err != nil {
			return err
		}
		end(&stopped{os.Interrupt})
		time.Sleep(200 * time.Millisecond)
		return kept
	})
	if err != kept {
		t.Errorf("await returns %v", err)
	}
	if err := c.hold(); !errors.Is(err, context.Cause(ctx)) {
		t.Errorf("hold returns %v", err)
	}
	defer func(m time.Duration) { moment = m }(moment)
	moment = time.Hour // what is left behind would end all writes of this process
	for range 20 {     // of two things at once await sees either first
		returned := make(chan bool)
		late := &console{ctx: waiting{ctx, returned}}
		err := late.await(func() error {
			defer close(returned)
			return fmt.Errorf("8gaussians, heun: %w", context.Cause(ctx))
		})
		if err == nil || err.Error() != "stopped by a signal (interrupt)" {
			t.Fatalf("await returns %v", err)
		}
	}
}

// waiting is a context that tells of its end when the command has returned too.
type waiting struct {
	context.Context
	returned chan bool
}

func (w waiting) Done() <-chan struct{} {
	<-w.returned
	time.Sleep(time.Millisecond)
	return w.Context.Done()
}
