package main

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// TestConversions: each kind that testdata has a comment for is found, and nothing else.
func TestConversions(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), analyzer, "p")
}
