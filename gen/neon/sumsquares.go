package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// sumSquares adds squares in sixteen lanes of float64, eight registers.
func sumSquares() {
	begin(kernel.SumSquares)
	const together = 16
	x, n := Argument("x"), Argument("n")
	lane := registers(together / D2.Lanes())
	for _, v := range lane {
		VZERO(v)
	}
	add := func(from X) {
		for i := 0; i < len(lane); i += 2 {
			v, w := load(Mem{Base: from, Disp: 8 * i}), NewV()
			FCVTL2(w, v)
			FCVTL(v, v)
			D2.FMLA(lane[i], v, v)
			D2.FMLA(lane[i+1], w, w)
		}
	}
	SUBS(n, n, together)
	BLT("rest")
	Label("lanes")
	add(x)
	ADDI(x, x, 4*together)
	SUBS(n, n, together)
	BGE("lanes")
	Label("rest")
	ADDS(n, n, together)
	BEQ("done")
	// The last few, and zeros in the place of the others.
	few, v := Local(4*together), NewV()
	to := COPY(few)
	VZERO(v)
	for i := range together / lanes {
		STR(v, Mem{Base: few, Disp: vectorBytes * i})
	}
	Label("copy")
	LDRSPost(v, x, 4)
	STRS(v, At(to))
	ADDI(to, to, 4)
	SUBS(n, n, 1)
	BNE("copy")
	add(few)
	Label("done")
	for half := len(lane) / 2; half > 0; half /= 2 { // l + (l+8), l + (l+4), then 0+2 and 1+3
		for i := range half {
			D2.FADD(lane[i], lane[i], lane[i+half])
		}
	}
	odd := NewV()
	D2.DUP(odd, lane[0], 1)
	D2.FADD(odd, lane[0], odd)
	STRD(odd, At(Argument("sum")))
	RET()
}
