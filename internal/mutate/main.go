// Mutate finds lines that no test holds: it changes one number, index, comparison, operator or operand at a
// time, in a copy of the tree, and lists the changes that a package's short tests let pass.
//
//	go run ./internal/mutate -package ./mlp -count 50 -seed 1
//
// The same seed gives the same changes of the same sources. In package kernels only the definitions are
// changed, so that a comparison with the programs finds out a change. In package gen the kernels are made anew
// first; a change that leaves them as they were is listed by itself, and the kernels' tests decide about the
// others, under an emulator where NEON alone has changed.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

func main() {
	var o options
	flag.StringVar(&o.pkg, "package", "./mlp", "the package to change")
	flag.IntVar(&o.count, "count", 50, "changes that compile")
	flag.Uint64Var(&o.seed, "seed", 1, "what chooses the changes")
	flag.StringVar(&o.files, "files", "", "pattern of the names of files to change")
	flag.StringVar(&o.first, "first", "", "pattern of tests that run before all, as they find most changes")
	flag.DurationVar(&o.limit, "limit", 3*time.Minute, "time of the tests of one change")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	pkg, files, first string
	count             int
	seed              uint64
	limit             time.Duration
}

// run changes the package again and again, and prints what became of each change.
func run(o options) error {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := copyTree(dir, "."); err != nil {
		return err
	}
	changes, err := changesOf(dir, o)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(o.seed, 0))
	random.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
	t := trial{dir: dir, pkg: filepath.ToSlash(filepath.Clean(o.pkg)), first: o.first, limit: o.limit}
	if err := t.begin(); err != nil {
		return fmt.Errorf("the tests fail before any change: %w", err)
	}
	count, compiled := map[outcome]int{}, 0
	for _, c := range changes {
		if compiled == o.count {
			break
		}
		result, err := t.of(c)
		if err != nil {
			return err
		}
		count[result]++
		if result != broken {
			compiled++
			fmt.Printf("%-8s %v\n", result, c)
		}
	}
	fmt.Printf("%s, seed %d: %d changes, %d killed and %d by the time limit, %d survived, "+
		"%d make the same kernels; %d did not compile\n", o.pkg, o.seed, compiled,
		count[killed], count[endless], count[survived], count[same], count[broken])
	return nil
}
