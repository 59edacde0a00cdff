package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// peer is a C library.
type peer struct {
	name, title string // in rows, and as its makers write it
	double      bool   // timed in float64 too
	arm64       bool   // Debian has it for arm64 too
}

var peers = []peer{
	{"openblas", "OpenBLAS", true, true},
	{"blis", "BLIS", true, true},
	{"onednn", "oneDNN", false, true},
	{"libxsmm", "libxsmm", false, false},
}

// told has what tells the peers which instructions to use, and the type of core that each should then answer.
var told = map[string]struct {
	environment []string
	cores       map[string]string
}{
	"avx512": {
		[]string{"OPENBLAS_CORETYPE=SkylakeX", "BLIS_ARCH_TYPE=0", "LIBXSMM_TARGET=skx"},
		map[string]string{"openblas": "SkylakeX", "blis": "skx", "libxsmm": "skx"},
	},
	"avx2": {
		[]string{
			"OPENBLAS_CORETYPE=Haswell", "BLIS_ARCH_TYPE=3", "LIBXSMM_TARGET=hsw", "DNNL_MAX_CPU_ISA=AVX2",
		},
		map[string]string{
			"openblas": "Haswell", "blis": "haswell", "libxsmm": "hsw", "onednn": "cpu_isa_avx2",
		},
	},
}

// choosePeers returns the names that are asked for, or all that there are for the precision and this
// processor.
func choosePeers(double bool, names []string) ([]string, error) {
	var all []string
	for _, p := range peers {
		if (p.double || !double) && (p.arm64 || runtime.GOARCH == "amd64") {
			all = append(all, p.name)
		}
	}
	for _, name := range names {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("-peers: %q: want some of %s", name, strings.Join(all, ", "))
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	return names, nil
}

// peerEnvironment returns the environment of the peers: the instructions, where both sides are told them, and
// the cores.
func peerEnvironment(use string, threads int) []string {
	environment := append(os.Environ(), told[use].environment...)
	for _, name := range []string{"OPENBLAS", "BLIS", "OMP"} {
		environment = append(environment, name+"_NUM_THREADS="+strconv.Itoa(threads))
	}
	return environment
}
