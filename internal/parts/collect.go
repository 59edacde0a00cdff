package parts

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// Whole returns a part that is in a directory for a header's shard already, or nil where there is none, or one
// that is not whole. Where the first part that can be read is of another run, or of another division of it,
// that is an error. The others were compared with it when they were written, and are again by Collect.
func Whole(dir string, h Header) (*Part, error) {
	others, err := list(dir)
	if err != nil {
		return nil, err
	}
	for _, path := range append(others, h.Path(dir)) {
		p, err := Open(path)
		if err != nil {
			continue // it is written anew if it is ours, and Collect says so otherwise
		}
		if err := same(p.Header, h); err != nil {
			return nil, fmt.Errorf("%s has parts of another run: %s %w: name another directory, or remove it", dir, path, err)
		}
		break
	}
	p, err := Open(h.Path(dir))
	if err != nil || p.Check() != nil {
		return nil, nil
	}
	return p, nil
}

// same returns an error that says in what two parts are not of one run.
func same(a, b Header) error {
	switch {
	case !bytes.Equal(a.Run, b.Run):
		return fmt.Errorf("has %s, and not %s", a.Run, b.Run)
	case a.Shards != b.Shards:
		return fmt.Errorf("is one of %d shards, and not of %d", a.Shards, b.Shards)
	case a.Total != b.Total || a.Cols != b.Cols || a.Double != b.Double:
		return fmt.Errorf("is of %d rows of %d, and not %d of %d", a.Total, a.Cols, b.Total, b.Cols)
	}
	return nil
}

// list returns the parts' files in a directory, which need not exist, sorted.
func list(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", dir, oserror.Cause(err))
	}
	var paths []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ending) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

// Collect returns the parts of a run in the order of their shards. It returns an error unless all are there,
// once and whole.
func Collect(dir string) ([]*Part, error) {
	paths, err := list(dir)
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s has no parts of a run, which are files that end in %s", dir, ending)
	}
	var all []*Part
	for _, path := range paths {
		p, err := Open(path)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
		if err := same(p.Header, all[0].Header); err != nil {
			return nil, fmt.Errorf("%s and %s are not of one run: the first %w", path, all[0].Path, err)
		}
	}
	slices.SortStableFunc(all, func(a, b *Part) int { return a.Shard - b.Shard })
	for i, p := range all[1:] {
		if p.Shard == all[i].Shard {
			return nil, fmt.Errorf("%s has shard %d twice: %s and %s", dir, p.Shard, all[i].Path, p.Path)
		}
	}
	if spans, count := missing(all); count > 0 {
		return nil, fmt.Errorf("%s lacks %d of %d shards: %s", dir, count, all[0].Shards, ranges(spans))
	}
	for _, p := range all {
		if err := p.Check(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// span is shards from a first to a last one.
type span struct{ first, last int }

// missing returns the shards that are not among sorted parts, and how many those are. It takes memory for parts
// that are there, and not for those that a header says there are.
func missing(all []*Part) (spans []span, count int) {
	next := 0
	add := func(end int) {
		if next < end {
			spans, count = append(spans, span{next, end - 1}), count+end-next
		}
	}
	for _, p := range all {
		add(p.Shard)
		next = p.Shard + 1
	}
	add(all[0].Shards)
	return spans, count
}

// ranges writes shards as Slurm's --array takes them, such as 3,7,9-12.
func ranges(spans []span) string {
	var text []string
	for _, s := range spans {
		part := strconv.Itoa(s.first)
		if s.last > s.first {
			part += "-" + strconv.Itoa(s.last)
		}
		text = append(text, part)
	}
	return strings.Join(text, ",")
}
