#!/bin/sh
# Pillow 9.4.0 and Go 1.26.8's image: a 16-bit grey PNG made 8-bit is clipped by the one and scaled by the other.
#
# Going from 16 bits to 8, 65535 becomes 255 and 32768 becomes 128 in Go. Pillow's convert("L") clips at 255,
# so that all but the 256 darkest levels are white. Training images prepared in Python and generated ones
# scored in Go (or read back by either) are on different scales, and nothing raises an error.
#
# Seen, 0 255 256 32768 65535: Pillow 0 255 255 255 255, Go 0 0 1 128 255.
set -eu
p=python3-pil=9.4.0-1.1+deb12u1
[ "$(dpkg-query -W -f '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] ||
  apt-get install -qq -y --no-install-recommends "$p" >/dev/null
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
cat >main.go <<'EOF'
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
)

func main() {
	levels := []uint16{0, 255, 256, 32768, 65535}
	img := image.NewGray16(image.Rect(0, 0, len(levels), 1))
	for x, v := range levels {
		img.SetGray16(x, 0, color.Gray16{Y: v})
		fmt.Fprint(os.Stderr, color.GrayModel.Convert(img.At(x, 0)).(color.Gray).Y, " ")
	}
	if err := png.Encode(os.Stdout, img); err != nil {
		panic(err)
	}
}
EOF
printf 'module finding\n\ngo 1.26.8\n' >go.mod
GOTOOLCHAIN=go1.26.8 go run . >grey.png 2>go.txt
go=$(sed 's/ $//' go.txt)
set -- $(/usr/bin/python3 -c 'if True:
    from PIL import Image
    image = Image.open("grey.png")
    print(*image.getdata(), *image.convert("L").getdata())')
echo "in the file, as Pillow reads it: $1 $2 $3 $4 $5"
shift 5
echo "Pillow, 8-bit: $*"
echo "Go, 8-bit:     $go"
echo "expected:      0 0 or 1 1 128 255 from both"
[ "$*" = "0 255 255 255 255" ] && [ "$go" = "0 0 1 128 255" ] || { echo "the behaviour has changed"; exit 1; }
