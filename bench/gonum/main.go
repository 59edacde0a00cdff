// Command gonum times this module's BLAS, its kernels, and gonum's package mat on them next to what gonum's
// users could pick instead. Implementations take turns, so that all of them meet the same changes in the
// machine's speed.
package main

import (
	"fmt"
	"os"

	"github.com/seed964deb49/langevin/bench/gonum/compare"
	"github.com/seed964deb49/langevin/bench/gonum/peers"
	"github.com/seed964deb49/langevin/kernels"
)

func main() {
	if err := kernels.BackendError(); err != nil {
		fmt.Fprintln(os.Stderr, "gonum:", err)
		os.Exit(2)
	}
	compare.Main(peers.All())
}
