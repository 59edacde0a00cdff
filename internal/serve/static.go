package serve

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// types are those of the page's files. The system's table differs from machine to machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
	".ico": "image/x-icon", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json",
	".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8", ".woff2": "font/woff2",
}

// file is one of the page's files.
type file struct {
	kind, tag string
	data      []byte
	squeezed  func() []byte // by gzip, made when it is first asked for; nil where that saves nothing
}

// files are the page's files by their paths.
type files map[string]*file

// readFiles reads all of the page, which is small and in the binary.
func readFiles(page fs.FS) (files, error) {
	all := files{}
	err := fs.WalkDir(page, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(page, name)
		if err != nil {
			return err
		}
		all["/"+name] = newFile(name, data)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("cannot read the page: %w", err)
	}
	index, ok := all["/index.html"]
	if !ok {
		return nil, fmt.Errorf("the page has no index.html")
	}
	all["/"] = index
	return all, nil
}

func newFile(name string, data []byte) *file {
	digest := sha256.Sum256(data)
	f := &file{kind: types[path.Ext(name)], tag: hex.EncodeToString(digest[:12]), data: data}
	if f.kind == "" {
		f.kind = "application/octet-stream"
	}
	const worthIt = 1024
	if len(data) > worthIt && !strings.HasPrefix(f.kind, "image/png") && !strings.HasPrefix(f.kind, "font/") {
		f.squeezed = sync.OnceValue(func() []byte { return squeeze(data) })
	}
	return f
}

func squeeze(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data) // to memory
	z.Close()
	return b.Bytes()
}

// ServeHTTP answers with a file. Browsers keep it, and ask each time whether it is still the one.
func (f files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := f[r.URL.Path]
	if !ok {
		refuse(w, http.StatusNotFound, fmt.Sprintf("There is nothing at %.100q; open /", r.URL.Path))
		return
	}
	h, data, tag := w.Header(), file.data, file.tag
	if file.squeezed != nil {
		h.Set("Vary", "Accept-Encoding")
		if takesGzip(r) {
			data, tag = file.squeezed(), tag+"-gzip"
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// takesGzip tells whether a request names gzip without a quality; who refuses it by one gets the file itself.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		if strings.TrimSpace(part) == "gzip" {
			return true
		}
	}
	return false
}
