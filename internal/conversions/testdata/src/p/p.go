package p

type (
	single float32
	count  int64
	float  interface{ ~float32 | ~float64 }
	number interface {
		float
		comparable
	}
	whole   interface{ ~int32 | ~uint64 }
	alias   = float32
	measure interface{ ~float64 }
)

const n = 1<<24 + 1

func found(i int, j int64, u uint, v uint64, p uintptr, c count, x []int) {
	_ = float32(i)        // want `float32 of int, but .*: write float32\(float64\(x\)\)`
	_ = float32(j)        // want `float32 of int64`
	_ = float32(u)        // want `float32 of uint,`
	_ = float32(v)        // want `float32 of uint64`
	_ = float32(p)        // want `float32 of uintptr`
	_ = float32(c)        // want `float32 of count`
	_ = single(i)         // want `single of int`
	_ = alias(i)          // want `of int,`
	_ = (float32)(i)      // want `float32 of int`
	_ = float32(len(x))   // want `float32 of int`
	_ = float32(i*2 + 1)  // want `float32 of int`
	_ = float32(int64(i)) // want `float32 of int64`
}

func generic[F float, N number, W whole, M measure](i int, w W) {
	_ = F(i)       // want `F of int`
	_ = N(i)       // want `N of int`
	_ = float32(w) // want `float32 of W`
	_ = M(i)
}

func right(i int, j int64, v uint64, h int32, k uint32, b byte, f float64, x [8]int) {
	_ = float32(n)
	_ = float32(1 << 40)
	_ = float32(len(x))
	_ = float32(float64(i))
	_ = float32(float64(j))
	_ = float32(float64(v))
	_ = float32(h)
	_ = float32(k)
	_ = float32(b)
	_ = float32(f)
	_ = float64(i)
	_ = int64(f)
}
