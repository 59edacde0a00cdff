package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
)

// left reads the elements of A of a tile's rows, step by step of k.
type left struct {
	unroll int // steps in one go
	// read emits the loads before a step, which is number p of several if whole, and alone otherwise.
	read func(p int, whole bool)
	// element returns where the row's element of that step is.
	element func(row, p int, whole bool) (x V, lane int)
}

// along reads A where a row lies side by side, several steps at once. aCol is 1.
func (g panel) along(rows int) left {
	pointers, x := g.pointers(rows), registers(rows)
	return left{
		unroll: 4,
		read: func(p int, whole bool) {
			for i, from := range pointers {
				switch {
				case !whole:
					g.onePost(x[i], from, g.Bytes())
				case p%g.Lanes() == 0:
					LDRPost(x[i], from, vectorBytes)
				}
			}
		},
		element: func(row, p int, whole bool) (V, int) {
			if !whole {
				return x[row], 0
			}
			return x[row], p % g.Lanes()
		},
	}
}

// down reads A where a tile's column lies side by side. aRow is 1.
func (g panel) down(rows int) left {
	from, x := COPY(g.a), registers((rows+g.Lanes()-1)/g.Lanes())
	return left{
		unroll: 4,
		read: func(int, bool) {
			for i, v := range x {
				at := Mem{Base: from, Disp: vectorBytes * i}
				if g.Lanes()*i+g.Lanes() <= rows {
					LDR(v, at)
				} else {
					LDRD(v, at) // the last two of six float32
				}
			}
			ADD(from, from, g.aCol)
		},
		element: func(row, _ int, _ bool) (V, int) { return x[row/g.Lanes()], row % g.Lanes() },
	}
}

// strided reads A element by element.
func (g panel) strided(rows int) left {
	pointers, x := g.pointers(rows), registers(rows)
	return left{
		unroll: 2,
		read: func(int, bool) {
			for i, from := range pointers {
				g.one(x[i], At(from))
				ADD(from, from, g.aCol)
			}
		},
		element: func(row, _ int, _ bool) (V, int) { return x[row], 0 },
	}
}

// pointers returns the addresses of the tile's rows of A.
func (g panel) pointers(rows int) []X {
	p := []X{COPY(g.a)}
	for len(p) < rows {
		next := NewX()
		ADD(next, p[len(p)-1], g.aRow)
		p = append(p, next)
	}
	return p
}

// row emits an access to each vector of a row: in pairs where they lie side by side.
func (g panel) row(bases []X, last X, two func(a, b V, m Mem), one func(v V, m Mem), v []V) {
	for i := 0; i < len(v); {
		at := Mem{Base: bases[i/panelVectors], Disp: vectorBytes * (i % panelVectors)}
		overlaps := g.last != (X{})
		switch {
		case overlaps && i == len(v)-1:
			one(v[i], At(last))
			i++
		case i+1 < len(v) && !(overlaps && i+1 == len(v)-1):
			two(v[i], v[i+1], at)
			i += 2
		default:
			one(v[i], at)
			i++
		}
	}
}

// sums emits an access to the sums of a tile, row by row, and moves the address past them.
func (g panel) sums(base, stride X, two func(a, b V, m Mem), one func(v V, m Mem), sum [][]V) {
	for i := range sum {
		var last X
		if g.last != (X{}) {
			last = NewX()
			ADD(last, base, g.last)
		}
		bases := []X{base}
		for len(bases)*panelVectors < g.vectors {
			next := NewX()
			ADDI(next, bases[len(bases)-1], panelBytes)
			bases = append(bases, next)
		}
		g.row(bases, last, two, one, sum[i])
		ADD(base, base, stride)
	}
}

// tile emits the chains of a tile.
func (g panel) tile(label string, rows int, a func(rows int) left) {
	load, store := LDR, STR
	if g.single {
		load, store = g.one, g.store
	}
	sum := make([][]V, rows)
	for i := range sum {
		sum[i] = registers(g.vectors)
	}
	g.sums(g.start, g.scaled(Argument("startRow")), LDP, load, sum)

	k, x := Argument("k"), a(rows)
	var b []X
	for _, panel := range g.b {
		b = append(b, COPY(panel))
	}
	var last X
	bases := b
	if g.last != (X{}) {
		last = NewX()
		ADD(last, b[0], g.last)
		bases = append(bases, last)
	}
	step := func(p int, whole bool) {
		x.read(p, whole)
		g.step(sum, b, bases, last, load, func(row int) (V, int) { return x.element(row, p, whole) })
	}
	SUBS(k, k, x.unroll)
	BLT(label + "_few")
	Label(label + "_steps")
	for p := range x.unroll {
		step(p, true)
	}
	SUBS(k, k, x.unroll)
	BGE(label + "_steps")
	Label(label + "_few")
	ADDS(k, k, x.unroll)
	BEQ(label + "_store")
	Label(label + "_one")
	step(0, false)
	SUBS(k, k, 1)
	BNE(label + "_one")
	Label(label + "_store")
	g.sums(g.c, g.scaled(Argument("cRow")), STP, store, sum)
}

// step emits a step of k and moves the addresses of B on. element returns where a row's element of A is.
func (g panel) step(
	sum [][]V, b, bases []X, last X, load func(v V, m Mem), element func(row int) (x V, lane int),
) {
	// multiply emits the part of the step that concerns some vectors of B.
	multiply := func(first int, right ...V) {
		for i := range sum {
			for v, y := range right {
				x, lane := element(i)
				g.FMLAE(sum[i][first+v], y, x, lane) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
	}
	right := registers(g.vectors)
	done := 0
	g.row(b, last,
		func(v, w V, m Mem) {
			LDP(v, w, m)
			if g.packed != nil {
				STP(v, w, Mem{Base: g.packed[0], Disp: m.Disp})
			}
			multiply(done, v, w)
			done += 2
		},
		func(v V, m Mem) {
			load(v, m)
			multiply(done, v)
			done++
		}, right)
	for _, base := range bases {
		ADD(base, base, g.bRow)
	}
	for _, base := range g.packed {
		ADDI(base, base, panelBytes)
	}
}
