package compare

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// choice is what the flags select.
type choice struct {
	rows, sizes, names, precision, format string
	procs                                 int
	large                                 bool
	settings                              Settings
}

// Main runs the command with these implementations, the ones of this module first.
func Main(peers []Peer) {
	var c choice
	flag.StringVar(&c.rows, "rows", "", "rows, as in dot,axpy, or level1, functions, level2, level3, mat; "+
		"by default all")
	flag.StringVar(&c.sizes, "n", "", "sizes, as in 100,1000; by default those of each row")
	flag.StringVar(&c.names, "peers", "", "implementations, as in ours,gonum; by default all")
	flag.StringVar(&c.precision, "precision", "", "f32 or f64; by default both")
	flag.StringVar(&c.format, "format", "text", "text, markdown, csv or json")
	flag.IntVar(&c.procs, "procs", 1, "GOMAXPROCS, and threads of a C library")
	flag.IntVar(&c.settings.Rounds, "rounds", 7, "bursts of each implementation, of which the best counts")
	flag.DurationVar(&c.settings.Limit, "limit", 20*time.Second,
		"time after which a row has no further round")
	flag.BoolVar(&c.large, "large", false, "level 3 at 2000 as well")
	flag.Parse()
	if err := c.run(os.Stdout, peers); err != nil {
		fmt.Fprintln(os.Stderr, "gonum:", err)
		os.Exit(2)
	}
}

func (c choice) run(w io.Writer, peers []Peer) error {
	rows, err := c.selectRows()
	if err != nil {
		return err
	}
	if peers, err = c.selectPeers(peers); err != nil {
		return err
	}
	if !slices.Contains(Formats, c.format) {
		return fmt.Errorf("-format %s: want one of %s", c.format, strings.Join(Formats, ", "))
	}
	if c.settings.Rounds < 1 || c.procs < 1 {
		return errors.New("-rounds and -procs: want a positive number")
	}
	runtime.GOMAXPROCS(c.procs)
	for _, p := range peers {
		if p.Threads != nil {
			p.Threads(c.procs)
		}
	}
	peers = having(rows, peers)
	t := NewTable(w, c.format, peers)
	for _, r := range rows {
		for _, n := range r.Sizes {
			t.Add(Measure(r, n, peers, c.settings))
		}
	}
	return t.Close()
}

// selectRows returns the chosen rows with the chosen sizes.
func (c choice) selectRows() ([]Row, error) {
	var sizes []int
	for _, s := range split(c.sizes) {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-n %s: want positive numbers", c.sizes)
		}
		sizes = append(sizes, n)
	}
	var rows []Row
	known := map[string]bool{}
	for _, r := range Rows() {
		known[r.Name], known[r.Group] = true, true
		names := split(c.rows)
		if len(names) > 0 && !slices.Contains(names, r.Name) && !slices.Contains(names, r.Group) ||
			c.precision != "" && c.precision != r.Precision {
			continue
		}
		if c.large && r.Group == "level3" {
			r.Sizes = append(slices.Clone(r.Sizes), 2_000)
		}
		if len(sizes) > 0 {
			r.Sizes = sizes
		}
		rows = append(rows, r)
	}
	for _, name := range split(c.rows) {
		if !known[name] {
			return nil, fmt.Errorf("-rows: there is no row %s", name)
		}
	}
	if len(rows) == 0 {
		return nil, errors.New("no row has that name and precision, which are f32 and f64")
	}
	return rows, nil
}

// having returns the peers that have some of the rows.
func having(rows []Row, peers []Peer) []Peer {
	return slices.DeleteFunc(slices.Clone(peers), func(p Peer) bool {
		return !slices.ContainsFunc(rows, func(r Row) bool { return r.bind(p, r.operands(1)).run != nil })
	})
}

func (c choice) selectPeers(peers []Peer) ([]Peer, error) {
	names := split(c.names)
	if len(names) == 0 {
		return peers, nil
	}
	var chosen []Peer
	for _, name := range names {
		i := slices.IndexFunc(peers, func(p Peer) bool { return p.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("-peers: %s is not built in", name)
		}
		chosen = append(chosen, peers[i])
	}
	return chosen, nil
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
