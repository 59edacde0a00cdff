package peers

import (
	"testing"

	"github.com/seed964deb49/langevin/bench/gonum/compare"
)

// TestPeersAgree does each row once and compares what the peers return, so that all of them are timed at the
// same work.
func TestPeersAgree(t *testing.T) {
	for _, r := range compare.Rows() {
		t.Run(r.Precision+"/"+r.Name, func(t *testing.T) {
			tolerance := 1e-9
			if r.Precision == "f32" {
				tolerance = 1e-3
			}
			if err := compare.Agree(r, 37, All(), tolerance); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestNamesAreRows finds functions that no row would time.
func TestNamesAreRows(t *testing.T) {
	known := map[string]bool{}
	for _, r := range compare.Rows() {
		known[r.Name], known[r.Name+" "+r.Precision] = true, true
	}
	for _, p := range All() {
		for _, functions := range []compare.Functions{p.Functions32, p.Functions64} {
			for name := range functions {
				if !known[name] {
					t.Errorf("%s has %q, which is no row", p.Name, name)
				}
			}
		}
		for _, name := range p.Inaccurate {
			if !known[name] {
				t.Errorf("%s is inaccurate at %q, which is no row", p.Name, name)
			}
		}
	}
}
