package kernels

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Source is a stream of random words for math/rand/v2, and so for all that takes a rand.Source, such as the
// distributions of gonum. It returns the words w(0), w(1), ... that Noise.Uniform64 makes numbers of, so that
// Float64 of a rand.Rand on it returns those numbers in order. The words are the same on every machine.
//
// Words are made two kilobytes at a time. A Source is for one goroutine at a time. Two sources on one stream
// return the same words: give each goroutine a stream of its own, or an index far from the others. The zero
// Source is on the stream of the zero Noise.
type Source struct {
	noise Noise
	end   uint64 // index of the word after the last of those made
	left  uint   // how many of them have not been returned
	words [sourceWords]uint64
}

// sourceWords is a multiple of what the widest registers make at a time.
const sourceWords = 256

// NewSource returns a Source of the words of stream n from index 0 on.
func NewSource(n Noise) *Source { return &Source{noise: n} }

// Uint64 returns the next word. After the word of index 2^61-1 comes that of index 0.
func (s *Source) Uint64() uint64 {
	if s.left == 0 {
		s.more()
	}
	w := s.words[(sourceWords-s.left)%sourceWords]
	s.left--
	return w
}

//go:noinline
func (s *Source) more() {
	noiseWordsGroups(s.words[:], s.noise, firstUniforms64+s.end/groupSize64)
	s.end, s.left = (s.end+sourceWords)%lastDraw, sourceWords
}

// Index returns the index of the next word.
func (s *Source) Index() uint64 { return (s.end - uint64(s.left)) % lastDraw }

// Seek makes w(index) the next word, in the time that a few words take. Indices count modulo 2^61.
func (s *Source) Seek(index uint64) {
	s.end = (index - index%sourceWords) % lastDraw
	s.more()
	s.left -= uint(index % sourceWords)
}

const (
	sourceMark  = "philox:"
	sourceBytes = len(sourceMark) + 3*8
)

// AppendBinary appends seed, stream and index to b. It implements encoding.BinaryAppender.
func (s *Source) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, sourceMark...)
	for _, x := range []uint64{s.noise.Seed, s.noise.Stream, s.Index()} {
		b = binary.BigEndian.AppendUint64(b, x)
	}
	return b, nil
}

// MarshalBinary returns seed, stream and index. It implements encoding.BinaryMarshaler.
func (s *Source) MarshalBinary() ([]byte, error) {
	return s.AppendBinary(make([]byte, 0, sourceBytes))
}

// UnmarshalBinary makes s go on where the Source was that MarshalBinary was called on. It implements
// encoding.BinaryUnmarshaler.
func (s *Source) UnmarshalBinary(data []byte) error {
	if len(data) != sourceBytes {
		return fmt.Errorf("kernels: a Source of %d bytes, want the %d of MarshalBinary", len(data),
			sourceBytes)
	}
	if string(data[:len(sourceMark)]) != sourceMark {
		return errors.New("kernels: a Source does not begin with " + sourceMark + " as MarshalBinary's do")
	}
	var x [3]uint64
	for i := range x {
		x[i] = binary.BigEndian.Uint64(data[len(sourceMark)+8*i:])
	}
	s.noise = Noise{Seed: x[0], Stream: x[1]}
	s.Seek(x[2])
	return nil
}
