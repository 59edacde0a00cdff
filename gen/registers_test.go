package main

import (
	"bufio"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestRegistersOfAVX2 finds kernels that need AVX-512 without saying so in their names: avo gives out registers beyond the
// first sixteen, and masks, wherever a program asks for many.
func TestRegistersOfAVX2(t *testing.T) {
	f, err := os.Open("../kernels/kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	beyond := regexp.MustCompile(`\b([XYZ](1[6-9]|2[0-9]|3[01])|Z[0-9]|K[0-7])\b`)
	kernels, function := 0, ""
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if name, ok := strings.CutPrefix(line, "TEXT ·"); ok {
			function, _, _ = strings.Cut(name, "(")
			if strings.HasSuffix(function, "AVX2") {
				kernels++
			}
		}
		if strings.HasPrefix(line, "\t") && !strings.HasSuffix(function, "AVX512") && beyond.MatchString(line) {
			t.Errorf("%s: %s", function, strings.TrimSpace(line))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if kernels == 0 {
		t.Error("no AVX2 kernels")
	}
}
