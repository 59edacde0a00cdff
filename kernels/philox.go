package kernels

import "github.com/seed964deb49/langevin/internal/coef"

// Philox4x32 is the counter-based generator Philox4x32-10 in its known-answer form: four random words for
// each pair of key and counter (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC11).
func Philox4x32(key [2]uint32, ctr [4]uint32) [4]uint32 {
	// The compiler keeps variables in registers, but not the elements of arrays.
	k0, k1 := key[0], key[1]
	x0, x1, x2, x3 := ctr[0], ctr[1], ctr[2], ctr[3]
	for range coef.PhiloxRounds {
		p0, p1 := uint64(coef.PhiloxM0)*uint64(x0), uint64(coef.PhiloxM1)*uint64(x2)
		x0, x1, x2, x3 = uint32(p1>>32)^x1^k0, uint32(p1), uint32(p0>>32)^x3^k1, uint32(p0)
		k0 += coef.PhiloxW0
		k1 += coef.PhiloxW1
	}
	return [4]uint32{x0, x1, x2, x3}
}
