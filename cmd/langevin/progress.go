package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a run is: a bar on a terminal, a line every few seconds elsewhere, nothing where it is over
// within a second.
type progress struct {
	w       io.Writer
	what    string
	from    int // steps done before
	total   int
	started time.Time
	shown   time.Time
	bar     *progressbar.ProgressBar // nil where there is no terminal

	mutex    sync.Mutex
	finished bool
}

func newProgress(w io.Writer, what string, from, total int) *progress {
	p := &progress{w: w, what: what, from: from, total: total, started: clock()}
	p.shown = p.started
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions(max(total, 0),
			progressbar.OptionSetWriter(w),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionFullWidth(),
			progressbar.OptionThrottle(100*time.Millisecond),
		)
	}
	return p
}

// step reports that done steps are done. It asks for the state, a few words, only when it shows it.
func (p *progress) step(done int, state func() string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.finished {
		return
	}
	const terminal, lines, quick = 100 * time.Millisecond, 5 * time.Second, time.Second
	every := lines
	if p.bar != nil {
		every = terminal
	}
	now := clock()
	if done < p.total && now.Sub(p.shown) < every || done == p.total && now.Sub(p.started) < quick {
		return
	}
	p.shown = now
	if p.bar != nil {
		p.bar.Describe(p.what + ", " + state())
		// The bar's only error is that of a terminal which has gone away; the run goes on without it.
		_ = p.bar.Set(done)
		return
	}
	spent := now.Sub(p.started)
	const longest = 1 << 62 // ns, 146 years
	left := time.Duration(min(longest, float64(spent)/float64(max(1, done-p.from))*float64(p.total-done)))
	fmt.Fprintf(p.w, "%s: step %d of %d, %s, %s left\n", p.what, done, p.total, state(), left.Round(time.Second))
}

// finish ends the bar's line, once, and shows nothing from then on.
func (p *progress) finish() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.finished {
		return
	}
	p.finished = true
	if p.bar != nil && p.shown != p.started {
		fmt.Fprintln(p.w)
	}
}
