// Command words writes the raw words of kernels.Philox4x32 to standard output, without end. A test battery
// may read them:
//
//	words | dieharder -a -g 200
//
// The four words of block 0 come first, then those of block 1 and so on, little-endian. The key and the
// counter are those of kernels.Noise for the seed and the stream.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"os"

	"github.com/seed964deb49/langevin/kernels"
)

func main() {
	seed := flag.Uint64("seed", 0, "seed, the key of Philox")
	stream := flag.Uint64("stream", 0, "stream, the upper half of its counter")
	block := flag.Uint64("block", 0, "first block, the lower half of its counter")
	flag.Parse()
	if flag.NArg() != 0 {
		flag.Usage()
		os.Exit(2)
	}
	fmt.Fprintln(os.Stderr, "words:", write(*seed, *stream, *block))
	os.Exit(1)
}

// write writes words until that fails, and returns why.
func write(seed, stream, block uint64) error {
	key := [2]uint32{uint32(seed), uint32(seed >> 32)}
	buffer := make([]byte, 1<<16)
	for {
		for at := 0; at < len(buffer); at += 16 {
			counter := [4]uint32{uint32(block), uint32(block >> 32), uint32(stream), uint32(stream >> 32)}
			for i, w := range kernels.Philox4x32(key, counter) {
				binary.LittleEndian.PutUint32(buffer[at+4*i:], w)
			}
			block++
		}
		if _, err := os.Stdout.Write(buffer); err != nil {
			return err
		}
	}
}
