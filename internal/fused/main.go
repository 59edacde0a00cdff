// Fused finds products that the compiler fuses with a sum where the source does not say so.
//
//	go run ./internal/fused [package ...]
//
// It compiles the packages for arm64, where the compiler fuses all that it may, and reads the assembly. A fused
// instruction belongs to a call of math.FMA on its line. Any other gives bits that other architectures do not:
// the source has to round the product, by float64(x*y), float32(x*y) or detmath.Mul.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// packages are those whose float64 or float32 are results, or places in a picture. Package kernels is left out:
// its definitions have tests on arm64 that compare them with programs, and the only product that is fused there
// plans a division of work.
var packages = []string{"./kernels/gonumblas", "./mlp", "./smld", "./metrics", "./dataset", "./internal/detmath",
	"./picture"}

func main() {
	if len(os.Args) > 1 {
		packages = os.Args[1:]
	}
	findings, err := check(packages)
	if err != nil {
		fmt.Fprintln(os.Stderr, "fused:", err)
		os.Exit(2)
	}
	for _, f := range findings {
		fmt.Println(f)
	}
	if findings != nil {
		os.Exit(1)
	}
}

// check returns a line for each place of the packages where a product is fused and the source does not say so.
func check(packages []string) ([]string, error) {
	build := exec.Command("go", append([]string{"build", "-gcflags=-S"}, packages...)...)
	build.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	listing, err := build.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := build.Start(); err != nil {
		return nil, err
	}
	found, err := scan(listing)
	_, rest := io.Copy(io.Discard, listing)
	if err := errors.Join(err, rest, build.Wait()); err != nil {
		return nil, fmt.Errorf("GOARCH=arm64 go build: %w", err)
	}
	if found.functions == 0 {
		return nil, errors.New("GOARCH=arm64 go build lists no function")
	}
	return found.unwritten()
}
