package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// stopped is the cause of a context that a signal has ended.
type stopped struct{ signal os.Signal }

// Error names the signal.
func (s *stopped) Error() string { return fmt.Sprintf("stopped by a signal (%v)", s.signal) }

// stopSignals returns a channel of the signals that ask a command to end. One that the process was started to
// ignore, as nohup does, stays ignored.
func stopSignals() chan os.Signal {
	c := make(chan os.Signal, 1)
	for _, s := range stopping {
		if !ignored(s) {
			signal.Notify(c, s)
		}
	}
	return c
}

// untilSignal returns a context that the first signal ends. A second one ends the process at once.
func untilSignal() (ctx context.Context, end func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := stopSignals()
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(&stopped{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// moment is how long a command may take to end by itself after a signal; a variable for tests.
var moment = 30 * time.Millisecond

// await carries out a command. When the context ends, it gives the command a moment to end by itself and then
// leaves it, with whatever it was computing or writing, of which no file remains. A command that holds on is
// waited for.
func (c *console) await(command func() error) error {
	done := make(chan error, 1)
	go func() { done <- command() }()
	select {
	case err := <-done:
		return c.plain(err)
	case <-c.ctx.Done():
	}
	if c.isHolding() {
		return <-done
	}
	timer := time.NewTimer(moment)
	defer timer.Stop()
	select {
	case err := <-done:
		return c.plain(err)
	case <-timer.C:
		atomicfile.Abandon()
		return context.Cause(c.ctx)
	}
}

// plain returns the cause of the context's end alone where a command's error is that cause and what it was
// doing. A command that holds on says what it has kept.
func (c *console) plain(err error) error {
	if cause := context.Cause(c.ctx); cause != nil && errors.Is(err, cause) && !c.isHolding() {
		return cause
	}
	return err
}

// hold makes the command one that ends in its own time, since it has something to keep. It returns the
// context's cause where that has ended before.
func (c *console) hold() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if err := context.Cause(c.ctx); err != nil {
		return err
	}
	c.holding = true
	return nil
}

func (c *console) isHolding() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.holding
}
