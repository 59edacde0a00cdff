#!/bin/sh
# gorgonia.org/tensor v0.9.24: WriteNpy of a transposed tensor writes the numbers in the order of before.
#
# After T(), At and printing show the transpose. WriteNpy writes the new shape, "fortran_order: False", and
# the memory as it lies: NumPy, and the library itself, load a matrix that is neither the tensor nor its
# transpose. Files are valid and of the right shape, so nothing complains. After Transpose(), which moves the
# data, the file is right.
#
# Seen: [[0 1 2] [3 4 5]] transposed is [0 3 1 4 2 5] by At, and [0 1 2 3 4 5] from the file.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"bytes"
	"fmt"
	"os"

	"gorgonia.org/tensor"
)

func rows(t *tensor.Dense) string {
	var s []any
	for i := range 3 {
		for j := range 2 {
			v, err := t.At(i, j)
			if err != nil {
				panic(err)
			}
			s = append(s, v)
		}
	}
	return fmt.Sprint(s)
}

func throughFile(t *tensor.Dense) string {
	var file bytes.Buffer
	back := new(tensor.Dense)
	if err := t.WriteNpy(&file); err != nil {
		panic(err)
	}
	if err := back.ReadNpy(&file); err != nil {
		panic(err)
	}
	return rows(back)
}

func main() {
	t := tensor.New(tensor.WithShape(2, 3), tensor.WithBacking([]float64{0, 1, 2, 3, 4, 5}))
	if err := t.T(); err != nil {
		panic(err)
	}
	tensorSays, fileSays := rows(t), throughFile(t)
	fmt.Println("the tensor, by At: ", tensorSays)
	fmt.Println("seen in its file:  ", fileSays)
	fmt.Println("expected:          ", tensorSays)
	if err := t.Transpose(); err != nil {
		panic(err)
	}
	fmt.Println("after Transpose(): ", throughFile(t))
	if tensorSays != "[0 3 1 4 2 5]" || fileSays != "[0 1 2 3 4 5]" || throughFile(t) != tensorSays {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
EOF
go mod init finding >log 2>&1 && go get gorgonia.org/tensor@v0.9.24 >>log 2>&1 || { cat log; exit 2; }
go mod tidy >>log 2>&1
# One of its dependencies asks for this leave under every Go that is newer than itself.
export ASSUME_NO_MOVING_GC_UNSAFE_RISK_IT_WITH="$(go env GOVERSION | cut -d. -f1,2)"
go run .
