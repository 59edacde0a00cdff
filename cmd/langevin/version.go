package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/klauspost/cpuid/v2"

	"github.com/seed964deb49/langevin/kernels"
)

// version is the command that tells what is running.
type version struct{}

// Run prints.
func (version) Run(c *console) error {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		build = &debug.BuildInfo{}
	}
	fmt.Fprintf(c.out, "langevin %s\n%s %s/%s\nkernels %s\ncpu %s\n", buildVersion(build),
		runtime.Version(), runtime.GOOS, runtime.GOARCH, kernels.Backend(), processor())
	return nil
}

// buildVersion is the version of the module or, of a working tree, the revision that it was built from.
func buildVersion(build *debug.BuildInfo) string {
	set := map[string]string{}
	for _, s := range build.Settings {
		set[s.Key] = s.Value
	}
	changed := ""
	if set["vcs.modified"] == "true" {
		changed = ", with changes"
	}
	revision := set["vcs.revision"]
	switch v := build.Main.Version; {
	case v != "" && v != "(devel)":
		return strings.TrimSuffix(v, "+dirty") + changed
	case revision != "":
		return fmt.Sprintf("revision %.12s%s, of %s", revision, changed, set["vcs.time"])
	}
	return "of an unknown revision"
}

// processor names the processor, the cores that kernels may take, and what of its instructions they may.
func processor() string {
	var features []string
	for _, f := range []cpuid.FeatureID{
		cpuid.AVX2, cpuid.FMA3, cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL, cpuid.ASIMD, cpuid.SVE,
	} {
		if cpuid.CPU.Supports(f) {
			features = append(features, f.String())
		}
	}
	name := cpuid.CPU.BrandName
	if name == "" {
		name = runtime.GOARCH
	}
	return processorLine(name, runtime.GOMAXPROCS(0), features)
}

// processorLine names a processor in a line.
func processorLine(name string, cores int, features []string) string {
	parts := []string{strings.TrimSpace(name), fmt.Sprintf("%d cores", cores)}
	if len(features) > 0 {
		parts = append(parts, strings.Join(features, " "))
	}
	return strings.Join(parts, ", ")
}
