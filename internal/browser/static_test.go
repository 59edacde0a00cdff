package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// folder builds the static folder, and serves its files under a path.
func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "page")
	build := exec.Command("go", "run", "./internal/wasm/build", "-out", dir)
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("cannot build the static folder: %v\n%s", err, out)
	}
	files := httptest.NewServer(http.StripPrefix("/some/path/", http.FileServer(http.Dir(dir))))
	t.Cleanup(files.Close)
	return files.URL + "/some/path/"
}

// TestStaticFolder: without a server the page trains eight Gaussians so that all modes can be told in a minute, and its
// samples are those of the command lines that it shows.
func TestStaticFolder(t *testing.T) {
	url, b := folder(t), chromium(t)
	p := b.open(t, url, 1280)
	p.wait(30*time.Second, isOpen+" && "+hasData)
	p.click("#data-8gaussians")
	p.wait(5*time.Second, `langevin.state.data.name == "8gaussians"`)
	begun := time.Now()
	p.click("#start")
	// Eight modes, and points no further away than one and a half times what as many true points are.
	p.wait(time.Minute, `langevin.lastDrawn.a?.measures.some(m => /modes covered/i.test(m.name) && m.value == 8)
		&& langevin.lastDrawn.a.measures.some(m => /Wasserstein/.test(m.name) && m.value < 1.5*m.floor)`)
	t.Logf("eight Gaussians after %.0f s, step %d", time.Since(begun).Seconds(), value[int](p, `langevin.lastDrawn.a.step`))
	p.shot("training")
	p.click("#pause")
	p.wait(10*time.Second, `document.documentElement.dataset.phase == "paused"`)
	p.click("#reset")
	p.wait(10*time.Second, `document.documentElement.dataset.phase == "idle"`)
	p.set("#n-a", "200")
	p.train(100)
	p.wait(time.Minute, finished+` && langevin.lastDrawn.a.rows == 200`)
	dir := t.TempDir()
	run(t, dir, strings.Fields(value[string](p, `document.querySelector("#command-train code").textContent`))[1:]...)
	if err := os.Rename(filepath.Join(dir, "run", "model.safetensors"), filepath.Join(dir, "model.safetensors")); err != nil {
		t.Fatal(err)
	}
	run(t, dir, strings.Fields(value[string](p, `document.querySelector("#command-sample-a code").textContent`))[1:]...)
	npy, err := os.ReadFile(filepath.Join(dir, "samples.npy"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(npy)
	if got := value[string](p, `langevin.lastDrawn.a.digest`); got != hex.EncodeToString(sum[:]) {
		t.Errorf("the samples in the browser have the hash %s, those of the command %x", got, sum)
	}
}
