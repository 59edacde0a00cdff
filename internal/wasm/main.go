//go:build js && wasm

// Command wasm is the engine of the static page: a session of internal/live in a Web Worker. Messages are those
// of the protocol, an ArrayBuffer each, in both directions. {ready: true} says that it listens, and {failed:
// sentence} that it ended.
package main

import (
	"runtime/debug"

	"github.com/seed964deb49/langevin/internal/live"
)

func main() {
	w := newWorker()
	session := live.New("", live.Config{ // which no page can come back to: it ends with its worker
		Version: version(), Limits: limits(), Defaults: defaults(), Between: w.between, HeldOut: 500, Gap: 5,
	})
	w.serve(session)
}

// version returns the version of the module, or the revision of a working tree.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range build.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return build.Main.Version
}

// limits returns what a page may ask of the engine, whose memory is that of a tab.
func limits() live.Limits {
	return live.Limits{
		Upload: 32 << 20, Files: 2000, Rows: 200_000, Values: 5_000_000, Steps: 200_000, Batch: 1024,
		Layers: 6, Width: 512, N: 2000, Levels: 1000, Evaluations: 5000,
	}
}

// defaults returns where the page begins: what trains in a fraction of a minute on one core without vectors.
func defaults() live.Defaults {
	return live.Defaults{
		N: 500, Images: 16,
		Settings:      live.Settings{Steps: 3000, Batch: 128, Hidden: []int{64, 64, 64}, Rate: 0.005},
		ImageSettings: live.Settings{Steps: 3000, Batch: 64, Hidden: []int{128, 128, 128}, Rate: 0.002},
	}
}
