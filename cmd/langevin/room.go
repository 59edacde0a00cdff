package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// freeRoom is how many bytes can be written to the file system of a folder, as far as the system says; a
// variable for tests.
var freeRoom = availableRoom

// checkRoom returns an error if a file of that many bytes, a bound from below, has no room. It comes before
// the work that would fill it; what other processes write meanwhile it cannot know.
func checkRoom(path string, bytes float64) error {
	if free := freeRoom(filepath.Dir(path)); !(bytes <= free) {
		return fmt.Errorf("cannot write %s: that needs %s of disk, and there are %s free", path, size(bytes), size(free))
	}
	return nil
}

// size writes a number of bytes in the largest unit of which there is one.
func size(bytes float64) string {
	units := []string{"bytes", "kB", "MB", "GB"}
	i := 0
	for ; i < len(units)-1 && bytes >= 1000; i++ {
		bytes /= 1000
	}
	return fmt.Sprintf("%.3g %s", bytes, units[i])
}

// checkRowsRoom returns an error if there is no room for rows of so many values: four bytes of each in .npy,
// a digit and what parts it from the next in a text, and next to nothing in what is compressed.
func checkRowsRoom(path string, values float64) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".npy":
		return checkRoom(path, 4*values)
	case ".csv", ".tsv", ".txt":
		return checkRoom(path, 2*values)
	}
	return nil
}

// checkRoom returns an error if there is no room for what a training on points of a dimension writes: its
// model, and in a run directory a checkpoint, which has the parameters, their average and two moments.
func (t *train) checkRoom(dim int) error {
	const float, copies = 4, 4
	parameters, _ := t.network(dim)
	if t.Out != "" {
		if err := checkRoom(t.Out, float*parameters); err != nil {
			return err
		}
	}
	switch {
	case t.Resume != "":
		return checkRoom((&runDir{path: t.Resume}).config(), float*copies*parameters)
	case t.Dir != "":
		return checkRoom(t.Dir, float*copies*parameters) // which is not made yet
	}
	return nil
}
