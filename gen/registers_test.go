package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRegistersOfAVX2 finds kernels that need AVX-512 without saying so in their names. avo gives out
// registers beyond the first sixteen, and masks, wherever a program asks for many.
func TestRegistersOfAVX2(t *testing.T) {
	beyond := regexp.MustCompile(`\b([XYZ](1[6-9]|2[0-9]|3[01])|Z[0-9]|K[0-7])\b`)
	for function, text := range kernelsOfAMD64(t) {
		if strings.HasSuffix(function, "AVX512") {
			continue
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "\t") && beyond.MatchString(line) {
				t.Errorf("%s: %s", function, strings.TrimSpace(line))
			}
		}
	}
}

// TestRequirements finds kernels with instructions that kernels.detect does not ask for.
func TestRequirements(t *testing.T) {
	// Every amd64 has CMOV, and prefetches, of which avo says MMX+.
	avx2 := []string{"CMOV", "MMX+", "AVX", "AVX2", "FMA3"}
	avx512 := append(avx2, "AVX512F", "AVX512BW", "AVX512DQ", "AVX512VL", "BMI2")
	for function, text := range kernelsOfAMD64(t) {
		supported := avx2
		if strings.HasSuffix(function, "AVX512") {
			supported = avx512
		}
		_, required, ok := strings.Cut(text, "// Requires: ")
		if !ok {
			t.Errorf("%s does not say what it requires", function)
		}
		required, _, _ = strings.Cut(required, "\n")
		for _, set := range strings.Split(required, ", ") {
			if !slices.Contains(supported, set) {
				t.Errorf("%s requires %s", function, set)
			}
		}
	}
}

// kernelsOfAMD64 returns the text of every kernel, from the comment before it, by its name.
func kernelsOfAMD64(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../kernels/kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	all, sets := map[string]string{}, map[string]int{}
	for _, part := range strings.Split(string(text), "// func ")[1:] {
		function, _, _ := strings.Cut(part, "(")
		all[function] = part
		for _, set := range []string{"AVX2", "AVX512"} {
			if strings.HasSuffix(function, set) {
				sets[set]++
			}
		}
	}
	if sets["AVX2"] == 0 || sets["AVX512"] == 0 || sets["AVX2"]+sets["AVX512"] != len(all) {
		t.Fatalf("%d kernels, of them %v", len(all), sets)
	}
	return all
}
