#!/bin/sh
# Go 1.26.8 and 1.27.3, packages image/png and compress/gzip: the same image is another file.
#
# The pixels are the same and so is what a .gz unpacks to, but compress/flate has other output from 1.27 on.
# Hashes of pictures, or of archives, that are kept as known answers hold for one release of Go; a hash of the
# pixels holds for all. Here the new file is larger, too.
#
# Seen: other bytes, the same pixels; PNG 16931 and 17240 bytes, gzip 32288 and 32515.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
)

func main() {
	m := image.NewGray(image.Rect(0, 0, 200, 200))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i / 977)
	}
	var picture, archive bytes.Buffer
	if err := png.Encode(&picture, m); err != nil {
		panic(err)
	}
	w := gzip.NewWriter(&archive)
	w.Write(m.Pix)
	w.Close()
	size, bytesSum := picture.Len(), sha256.Sum256(picture.Bytes())
	back, err := png.Decode(&picture)
	if err != nil {
		panic(err)
	}
	pixels := sha256.Sum256(back.(*image.Gray).Pix)
	fmt.Printf("PNG %d bytes, hash %x, pixels %x; gzip %d bytes\n", size, bytesSum[:4], pixels[:4], archive.Len())
}
EOF
go mod init finding >log 2>&1
before=$(GOTOOLCHAIN=go1.26.8 go run . 2>>log) && after=$(GOTOOLCHAIN=go1.27.3 go run . 2>>log) || { cat log; exit 2; }
echo "seen with 1.26.8: $before"
echo "seen with 1.27.3: $after"
echo "expected: the same"
pixels() { printf '%s' "$1" | sed 's/.*pixels \([0-9a-f]*\);.*/\1/'; }
[ "$before" != "$after" ] && [ "$(pixels "$before")" = "$(pixels "$after")" ] &&
	[ "${before%% bytes, *}; ${before##*; }" = "PNG 16931; gzip 32288 bytes" ] &&
	[ "${after%% bytes, *}; ${after##*; }" = "PNG 17240; gzip 32515 bytes" ] || { echo "the behaviour has changed"; exit 1; }
