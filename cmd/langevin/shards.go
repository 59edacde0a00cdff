package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/internal/parts"
)

// shardFlags share a run out among processes.
type shardFlags struct {
	Shard  string `placeholder:"I/N" help:"Do only shard I of N, from 0 to N-1, and write its part. langevin merge joins the parts to what the whole run would write and print."`
	Shards count  `placeholder:"N" help:"Do a shard of N as --shard does. Which one it is, is the number of the task in SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or PARALLEL_SEQ."`
	Parts  string `placeholder:"DIR" help:"Directory of the parts. By default its name is that of the output with .parts behind it."`
}

// shardArguments are the flags that say which shard a process does.
var shardArguments = []string{"--shard", "--shards", "--parts"}

// whole reports whether the run is not shared out.
func (f *shardFlags) whole() bool { return f.Shard == "" && f.Shards == 0 }

// divisible is a run of a command whose rows can be computed in parts.
type divisible struct {
	// run returns all that the rows follow from, for JSON: the same for the same rows.
	run         func() (any, error)
	total, cols int // rows, and values of each
	double      bool
	out         string // name of an output, or nothing
	need        need

	// fill computes rows and returns sums over them.
	fill func(c *console, w rowWriter, from, to int) (map[string]int64, error)
	// finish makes of all rows what the command is for.
	finish func(c *console, rows rowSource) error
}

// need says how finish needs the rows.
type need int

const (
	together need = iota // in memory
	twice                // in blocks, more than once
	once                 // in blocks
)

// inMemory is how many values a run keeps in memory; a variable for tests.
var inMemory = 1 << 24

// run carries out a run, or the shard of it that the flags choose.
func (f *shardFlags) run(c *console, d *divisible) error {
	if !f.whole() {
		return f.runShard(c, d)
	}
	if f.Parts != "" {
		return usage("--parts does nothing without --shard or --shards: leave it out")
	}
	switch {
	case d.need == together || d.total <= inMemory/d.cols:
		rows := newMemoryRows(d.total, d.cols, d.double)
		figures, err := d.fill(c, rows, 0, d.total)
		if err != nil {
			return err
		}
		rows.figures = figures
		return d.finish(c, rows)
	case d.need == once:
		return d.finish(c, &computedRows{c: c, divisible: d})
	}
	return d.runSpooled(c)
}

// runSpooled carries out a run that has more rows than fit in memory and needs them more than once: they are
// in a file beside the output meanwhile.
func (d *divisible) runSpooled(c *console) error {
	h := d.header(0, 1)
	return parts.Spool(filepath.Dir(d.out), h, d.filling(c, h), func(p *parts.Part) error {
		return d.finish(c, &partRows{[]*parts.Part{p}, d.cols})
	})
}

// runShard computes and writes a part, unless it is there.
func (f *shardFlags) runShard(c *console, d *divisible) error {
	shard, shards, err := f.find()
	if err != nil {
		return err
	}
	dir, err := f.directory(d)
	if err != nil {
		return err
	}
	h := d.header(shard, shards)
	h.Arguments = c.arguments
	if h.Run, err = d.identity(); err != nil {
		return err
	}
	there, err := parts.Whole(dir, *h)
	if err != nil {
		return err
	}
	from, to := h.Range()
	if there != nil {
		fmt.Fprintf(c.log, "shard %d of %d is in %s already: there is nothing to do\n", shard, shards, there.Path)
		return nil
	}
	if err := parts.Write(dir, h, d.filling(c, h)); err != nil {
		return err
	}
	fmt.Fprintf(c.log, "wrote %s, rows %d to %d of %d; when all %d are there, join them by langevin merge %s\n",
		h.Path(dir), from+1, to, d.total, shards, dir)
	return nil
}

// header returns what a part says of the rows.
func (d *divisible) header(shard, shards int) *parts.Header {
	return &parts.Header{Shard: shard, Shards: shards, Total: d.total, Cols: d.cols, Double: d.double}
}

// identity returns all that the rows follow from, as JSON.
func (d *divisible) identity() (json.RawMessage, error) {
	run, err := d.run()
	if err != nil {
		return nil, err
	}
	return json.Marshal(run)
}

// filling returns what computes the rows of a part.
func (d *divisible) filling(c *console, h *parts.Header) func(*parts.Writer) error {
	from, to := h.Range()
	return func(w *parts.Writer) (err error) {
		h.Figures, err = d.fill(c, w, from, to)
		return err
	}
}

// find returns which shard this is, and of how many.
func (f *shardFlags) find() (shard, shards int, err error) {
	if f.Shard == "" {
		if f.Shards > parts.Most {
			return 0, 0, usage("--shards %d: want at most %d", f.Shards, parts.Most)
		}
		shards = int(f.Shards)
		if shard, err = parts.Find(shards, os.Getenv); err != nil {
			return 0, 0, usage("--shards %d: %w", shards, err)
		}
		return shard, shards, nil
	}
	if f.Shards != 0 {
		return 0, 0, usage("--shard %s says both which shard this is and of how many: leave out --shards", f.Shard)
	}
	first, second, ok := strings.Cut(f.Shard, "/")
	shard, errShard := strconv.Atoi(first)
	shards, errShards := strconv.Atoi(second)
	if !ok || errShard != nil || errShards != nil || shards < 1 || shards > parts.Most || shard < 0 || shard >= shards {
		return 0, 0, usage("--shard %s: want I/N, such as 0/16 and 15/16 for the first and the last of 16", f.Shard)
	}
	return shard, shards, nil
}

// directory returns the directory of the parts.
func (f *shardFlags) directory(d *divisible) (string, error) {
	switch {
	case f.Parts != "":
		return f.Parts, nil
	case d.out == "":
		return "", usage("--parts is missing: name the directory of the parts")
	}
	return d.out + ".parts", nil
}

// withoutShard returns the arguments of a command line without those that choose the shard.
func withoutShard(args []string) []string {
	var rest []string
	for i := 0; i < len(args); i++ {
		name, _, joined := strings.Cut(args[i], "=")
		if !slices.Contains(shardArguments, name) {
			rest = append(rest, args[i])
			continue
		}
		if !joined {
			i++ // its value
		}
	}
	return rest
}
