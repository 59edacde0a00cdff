//go:build !js

package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/internal/live"
)

// TestSameBits: a training and its samples have the same bits in WebAssembly, under Node, as here.
func TestSameBits(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "site")
	build := exec.Command("go", "run", "./build", "-out", folder)
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	checkFolder(t, folder)
	there := run(t, startNode(t, folder))
	here := run(t, startHere(t))
	if there != here {
		t.Errorf("in WebAssembly %+v, here %+v", there, here)
	}
}

// checkFolder checks that the page of the folder asks for the worker.
func checkFolder(t *testing.T, folder string) {
	index, err := os.ReadFile(filepath.Join(folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(index), `<meta name="langevin-transport" content="worker">`) {
		t.Error("the page does not ask for the worker")
	}
	for _, name := range []string{"langevin.wasm", "langevin.wasm.gz", "wasm_exec.js", "wasm_exec.LICENSE.txt"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
}

// results are hashes of what a session made.
type results struct{ a, b, model string }

// engine is a session to talk with.
type engine struct {
	t      *testing.T
	ask    func(message []byte)
	events chan []byte
}

// run trains a little on eight Gaussians, draws of two samplers, and hashes.
func run(t *testing.T, e *engine) (r results) {
	e.request(live.Request{Do: "hello"})
	seed := uint64(5)
	e.request(live.Request{Do: "data", Name: "8gaussians", Labels: "class"})
	e.request(live.Request{Do: "train", Settings: &live.Settings{ // all, as each place has defaults of its own
		Steps: 40, Batch: 64, Hidden: []int{40, 24}, Rate: 0.003, Seed: &seed,
	}})
	e.await("state", func(header []byte) bool { return strings.Contains(string(header), `"phase":"done"`) })
	e.request(live.Request{Do: "watch", Watch: &live.Watch{
		A: &live.Drawing{Sampler: "dpm2m-sde", N: 100, Seed: 3, Class: "all"},
		B: &live.Drawing{Sampler: "heun", N: 33, Seed: 4},
	}})
	digest := func(of string) string {
		var drawn live.Drawn
		header, _ := e.await("drawn", func(header []byte) bool { return strings.Contains(string(header), `"of":"`+of+`"`) })
		if err := json.Unmarshal(header, &drawn); err != nil {
			t.Fatal(err)
		}
		return drawn.Digest
	}
	r.a = digest("a")
	r.b = digest("b")
	e.request(live.Request{Do: "get", What: "model"})
	_, model := e.await("file", func([]byte) bool { return true })
	sum := sha256.Sum256(model)
	r.model = hex.EncodeToString(sum[:])
	return r
}

// request sends a request.
func (e *engine) request(r live.Request) {
	message, err := live.Encode(r, nil)
	if err != nil {
		e.t.Fatal(err)
	}
	e.ask(message)
}

// await returns the next event of a kind that is right.
func (e *engine) await(kind string, right func(header []byte) bool) (header, body []byte) {
	e.t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case message, ok := <-e.events:
			if !ok {
				e.t.Fatalf("the engine ended before it sent %q", kind)
			}
			header, body, err := live.Split(message)
			if err != nil {
				e.t.Fatal(err)
			}
			var event struct{ Event string }
			if err := json.Unmarshal(header, &event); err != nil {
				e.t.Fatal(err)
			}
			if event.Event == "error" {
				e.t.Fatalf("%s", header)
			}
			if event.Event == kind && right(header) {
				return header, body
			}
		case <-timeout:
			e.t.Fatalf("no event %q in a minute", kind)
		}
	}
}

// startHere returns an engine of this process.
func startHere(t *testing.T) *engine {
	s := live.New("", live.Config{})
	t.Cleanup(s.Close)
	e := &engine{t: t, events: make(chan []byte, 1000)}
	s.Attach(func(message []byte) bool {
		e.events <- slices.Clone(message)
		return true
	})
	e.ask = func(message []byte) {
		if err := s.Handle(message); err != nil {
			t.Error(err)
		}
	}
	return e
}

// startNode returns the engine of a folder, which Node runs. Where there is none, the test is skipped, unless the
// variable LANGEVIN_REQUIRE names node.
func startNode(t *testing.T, folder string) *engine {
	node, err := exec.LookPath("node")
	if err != nil {
		if slices.Contains(strings.Split(os.Getenv("LANGEVIN_REQUIRE"), ","), "node") {
			t.Fatalf("LANGEVIN_REQUIRE: %v; install Node, version 20 or later", err)
		}
		t.Skip("there is no Node, which runs WebAssembly here")
	}
	command := exec.Command(node, "testdata/node.js", folder)
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		if err := command.Wait(); err != nil {
			t.Error(err)
		}
	})
	e := &engine{t: t, events: make(chan []byte, 1000)}
	ready := make(chan string, 1)
	go e.read(bufio.NewReader(out), ready)
	select {
	case said := <-ready:
		if said != `{"ready":true}` {
			t.Fatalf("the worker says %s", said)
		}
	case <-time.After(time.Minute):
		t.Fatal("the worker is not ready in a minute")
	}
	e.ask = func(message []byte) {
		framed := binary.LittleEndian.AppendUint32(nil, uint32(len(message)))
		if _, err := in.Write(append(framed, message...)); err != nil {
			t.Error(err)
		}
	}
	return e
}

// read takes messages from Node, until it ends. The first that is not of the protocol, nor of loading, is news.
func (e *engine) read(from io.Reader, news chan<- string) {
	defer close(e.events)
	for {
		var length uint32
		if binary.Read(from, binary.LittleEndian, &length) != nil {
			return
		}
		message := make([]byte, length)
		if _, err := io.ReadFull(from, message); err != nil {
			return
		}
		switch said := string(message); {
		case strings.HasPrefix(said, `{"loading"`):
		case json.Valid(message):
			select {
			case news <- said:
			default:
			}
		default:
			e.events <- message
		}
	}
}
