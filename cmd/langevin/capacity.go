package main

import (
	"fmt"
	"math"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// memoryBound is how many bytes a computation may need; a variable for tests.
var memoryBound = availableMemory

// checkMemory returns an error if what needs more bytes than there are. It comes before they are asked for, as a process that is
// out of memory cannot say so.
func checkMemory(what string, bytes float64) error {
	const giga = 1e9
	if bound := memoryBound(); !(bytes <= bound) {
		return fmt.Errorf("%s: that needs about %.3g GB of memory, and there are %.3g", what, bytes/giga, bound/giga)
	}
	return nil
}

// availableMemory returns how many bytes the system says it can give, as far as it says so, and that the process may have.
func availableMemory() float64 {
	bound := float64(256 << 30)
	if math.MaxInt == math.MaxInt32 {
		bound = 2 << 30
	}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		bound = min(bound, meminfoBytes(string(text), bound))
	}
	text, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return bound
	}
	for line := range strings.Lines(string(text)) {
		group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::")
		if !ok {
			continue // not of version 2
		}
		for ; ; group = path.Dir(group) {
			limit, err := os.ReadFile(path.Join("/sys/fs/cgroup", group, "memory.max"))
			if v, parse := strconv.ParseFloat(strings.TrimSpace(string(limit)), 64); err == nil && parse == nil {
				bound = min(bound, v)
			}
			if group == "/" || group == "." {
				break
			}
		}
	}
	return bound
}

// meminfoBytes returns what Linux's /proc/meminfo has as available, otherwise the bytes given.
func meminfoBytes(text string, otherwise float64) float64 {
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "MemAvailable:" && fields[2] == "kB" {
			if v, err := strconv.ParseFloat(fields[1], 64); err == nil {
				return 1024 * v
			}
		}
	}
	return otherwise
}

// network returns how many parameters and units the network has for points of a dimension.
func (t *train) network(dim int) (parameters, units float64) {
	const features = 8 // of the noise level
	in := dim + features
	for _, out := range append(slices.Clone(t.Hidden), dim) {
		parameters += (float64(in) + 1) * float64(out)
		units += float64(out)
		in = out
	}
	return parameters, units
}

// checkMemory returns an error if the training on points of a dimension does not fit in memory, by a bound from below.
func (t *train) checkMemory(dim int) error {
	const float, level = 4, 32
	parameters, units := t.network(dim)
	const copies = 6 // parameters, gradients, average, two moments, and the model that is saved
	bytes := float*copies*parameters + level*float64(t.Levels) + float*float64(t.Batch)*float64(dim+8)
	const large = 1 << 18 // parameters, from which on a batch goes through the network whole
	if parameters > large {
		bytes += float * float64(t.Batch) * 3 * units
	}
	return checkMemory(fmt.Sprintf("training %.3g parameters on batches of %d points of dimension %d with %d noise levels",
		parameters, t.Batch, dim, t.Levels), bytes)
}
