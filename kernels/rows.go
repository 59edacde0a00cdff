package kernels

// Kernels on rows of samples have factors that change from row to row. They work on pieces of at most pieceSize elements,
// whole rows or part of one, whose normals are made in one go into memory of the first-level cache: a piece's elements
// have consecutive indices, and the normals of short rows need not start at a multiple of a group each.

// pieceSize is the number of elements of a piece. Sums over a row add its blocks of pieceSize columns in order.
const pieceSize = 1024

// rowSweep holds the operands of a kernel on rows, cut into chunks for the pool; each kernel's op knows which of them it
// uses.
type rowSweep struct {
	fork
	op                 func(s *rowSweep, p piece)
	rows, cols         int
	chunkRows          int
	chunkCols          int
	dst, x, y          Matrix
	shift, scale, bias []float32
	factor, sums       []float32
	noise              Noise
	at                 uint64
}

// piece is a part of the rows: whole unitFactors, or columns of one.
type piece struct{ row, rows, col, cols int }

var rowSweeps = newFreelist[rowSweep]()

// do runs the sweep over rows by cols elements and gives it back to its freelist. whole keeps rows together.
func (s *rowSweep) do(rows, cols int, whole bool) {
	s.rows, s.cols = rows, cols
	if rows > 0 && cols > 0 {
		s.chunkCols = cols
		if !whole && cols > sweepChunk {
			s.chunkCols = sweepChunk
		}
		s.chunkRows = max(1, sweepChunk/cols)
		chunks := ((rows + s.chunkRows - 1) / s.chunkRows) * s.across()
		if rows*cols <= sweepSerial {
			for i := range chunks {
				s.chunk(i, 0)
			}
		} else {
			s.run(s, chunks, Cores())
		}
	}
	s.op, s.dst, s.x, s.y = nil, Matrix{}, Matrix{}, Matrix{}
	s.shift, s.scale, s.bias, s.factor, s.sums = nil, nil, nil, nil, nil
	rowSweeps.put(s, 0)
}

// across is the number of chunks beside each other.
func (s *rowSweep) across() int { return (s.cols + s.chunkCols - 1) / s.chunkCols }

func (s *rowSweep) chunk(i, _ int) {
	first, col := i/s.across()*s.chunkRows, i%s.across()*s.chunkCols
	end, endCol := min(first+s.chunkRows, s.rows), min(col+s.chunkCols, s.cols)
	if s.cols <= pieceSize {
		step := pieceSize / s.cols
		for row := first; row < end; row += step {
			s.op(s, piece{row, min(step, end-row), 0, s.cols})
		}
		return
	}
	for row := first; row < end; row++ {
		for c := col; c < endCol; c += pieceSize {
			s.op(s, piece{row, 1, c, min(pieceSize, endCol-c)})
		}
	}
}

// normals fills z with the normals of a piece.
func (s *rowSweep) normals(z *[pieceSize]float32, p piece) {
	fillNoise(z[:p.rows*p.cols], s.noise, s.at+uint64(p.row*s.cols+p.col))
}

// of returns a piece of a matrix.
func (p piece) of(m Matrix) Matrix {
	from := p.row*m.Stride + p.col
	return Matrix{Rows: p.rows, Cols: p.cols, Stride: m.Stride, Data: m.Data[from : from+(p.rows-1)*m.Stride+p.cols]}
}

// rowsOf returns a piece's part of a slice with a number for each row.
func (p piece) rowsOf(x []float32) []float32 { return x[p.row : p.row+p.rows] }

// noFactors and unitFactors stand for factors that a caller leaves out.
var noFactors, unitFactors [pieceSize]float32

func init() {
	for i := range unitFactors {
		unitFactors[i] = 1
	}
}

// orElse returns a piece's part of x, or of values where x is nil.
func (p piece) orElse(x []float32, values *[pieceSize]float32) []float32 {
	if x == nil {
		return values[:p.rows]
	}
	return p.rowsOf(x)
}

// checkRowAlias panics when dst and x share an element without being the same matrix.
func checkRowAlias(function, dstName string, dst Matrix, xName string, x Matrix) {
	checkSameOrApart(function, dstName, dst, xName, x)
}

// checkRowsDisjoint panics when dst and x share an element.
func checkRowsDisjoint(function, dstName string, dst Matrix, xName string, x Matrix) {
	checkApart(function, dstName, dst.region(), xName, x.region())
}

// checkPerRow panics unless x is nil or has a number for each row, apart from dst.
func checkPerRow(function, name string, x []float32, rows int) {
	if x != nil {
		checkLen(function, name, x, rows)
	}
}
