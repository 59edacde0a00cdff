package gonumblas

// dsdot is the sum of products, which are exact in float64. Four sums of every fourth element are added by
// halves.
func dsdot(n int, x, y vector32) float64 {
	if !mustFit(n, x, y) {
		return 0
	}
	var a, b, c, d float64
	if x.inc == 1 && y.inc == 1 {
		p, q := x.data[:n], y.data[:n]
		for ; len(p) >= 4; p, q = p[4:], q[4:] {
			q := q[:4]
			a += float64(float64(p[0]) * float64(q[0]))
			b += float64(float64(p[1]) * float64(q[1]))
			c += float64(float64(p[2]) * float64(q[2]))
			d += float64(float64(p[3]) * float64(q[3]))
		}
		for i, v := range p {
			u := float64(float64(v) * float64(q[i]))
			switch i {
			case 0:
				a += u
			case 1:
				b += u
			default:
				c += u
			}
		}
		return (a + c) + (b + d)
	}
	i, j := x.first(n), y.first(n)
	for range n {
		// The sums take turns, and those that are added stay opposite.
		a, b, c, d = b, c, d, a+float64(float64(x.data[i])*float64(y.data[j]))
		i += x.inc
		j += y.inc
	}
	return (a + c) + (b + d)
}
