package kernels

import (
	"math/bits"

	"github.com/seed964deb49/langevin/internal/coef"
)

// Philox4x32 is the counter-based generator Philox4x32-10 in its known-answer form: four random words for each pair
// of key and counter (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11).
func Philox4x32(key [2]uint32, ctr [4]uint32) [4]uint32 {
	for range coef.PhiloxRounds {
		hi0, lo0 := bits.Mul32(coef.PhiloxM0, ctr[0])
		hi1, lo1 := bits.Mul32(coef.PhiloxM1, ctr[2])
		ctr = [4]uint32{hi1 ^ ctr[1] ^ key[0], lo1, hi0 ^ ctr[3] ^ key[1], lo0}
		key[0] += coef.PhiloxW0
		key[1] += coef.PhiloxW1
	}
	return ctr
}
