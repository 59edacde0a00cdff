package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// A kernel on rows of samples has factors that change from row to row. It works on pieces of at most
// pieceSize elements. A piece is several whole rows, or a part of one row. The elements of a piece have
// consecutive indices, so one call makes all its normals, into memory that stays in the first-level cache.
// Each short row would otherwise begin within a group of normals, which would have to be made once more.

// pieceSize is the number of elements of a piece. A sum over a row adds its blocks of pieceSize columns in
// order.
const pieceSize = 1024

// rowKernel is a kernel on matrices of one shape. A is a struct of its operands.
type rowKernel[A any] struct {
	op     func(a *A, p piece)
	whole  bool // one goroutine does the pieces of a row, in order
	bands  bool // op takes whole rows of any length, and cuts them into blocks by itself
	sweeps freelist[rowSweep[A]]
}

// onRows returns a kernel whose work on an element does not depend on other elements.
func onRows[A any](op func(a *A, p piece)) *rowKernel[A] {
	return &rowKernel[A]{op: op}
}

// onWholeRows returns a kernel that takes the pieces of a row in order.
func onWholeRows[A any](op func(a *A, p piece)) *rowKernel[A] {
	return &rowKernel[A]{op: op, whole: true}
}

// onBands returns a kernel that goes over a row several times. Its op takes whole rows: several that have at
// most pieceSize elements together, or one that is longer.
func onBands[A any](op func(a *A, p piece)) *rowKernel[A] {
	return &rowKernel[A]{op: op, whole: true, bands: true}
}

// rowSweep is one call of a kernel on rows, cut into chunks for the pool.
type rowSweep[A any] struct {
	fork
	kernel               *rowKernel[A]
	rows, cols           int
	chunkRows, chunkCols int
	operands             A
}

// piece is a part of the rows: whole rows, or some columns of one row.
type piece struct{ row, rows, col, cols int }

// begin returns a call. Its caller sets the operands.
func (k *rowKernel[A]) begin() *rowSweep[A] {
	s := k.sweeps.get()
	s.kernel = k
	return s
}

// do runs the kernel over rows by cols elements and forgets the operands.
func (s *rowSweep[A]) do(rows, cols int) {
	if rows > 0 && cols > 0 {
		s.share(rows, cols)
	}
	var none A
	s.operands = none
	s.kernel.sweeps.put(s, 0)
}

// share cuts the rows into chunks and has them done.
func (s *rowSweep[A]) share(rows, cols int) {
	s.rows, s.cols = rows, cols
	s.chunkCols = cols
	if !s.kernel.whole && cols > sweepChunk {
		s.chunkCols = sweepChunk
	}
	s.chunkRows = max(1, sweepChunk/cols)
	chunks := ceil.Div(rows, s.chunkRows) * s.across()
	if rows*cols <= sweepSerial {
		for i := range chunks {
			s.chunk(i, 0)
		}
	} else {
		s.run(s, chunks, Cores())
	}
}

// across is the number of chunks side by side in a row.
func (s *rowSweep[A]) across() int { return ceil.Div(s.cols, s.chunkCols) }

func (s *rowSweep[A]) chunk(i, _ int) {
	first, col := i/s.across()*s.chunkRows, i%s.across()*s.chunkCols
	end, endCol := min(first+s.chunkRows, s.rows), min(col+s.chunkCols, s.cols)
	if s.cols <= pieceSize {
		step := pieceSize / s.cols
		for row := first; row < end; row += step {
			s.kernel.op(&s.operands, piece{row, min(step, end-row), 0, s.cols})
		}
		return
	}
	for row := first; row < end; row++ {
		if s.kernel.bands {
			s.kernel.op(&s.operands, piece{row, 1, col, endCol - col})
			continue
		}
		for c := col; c < endCol; c += pieceSize {
			s.kernel.op(&s.operands, piece{row, 1, c, min(pieceSize, endCol-c)})
		}
	}
}

// rowNoise is the noise of a matrix with cols columns: element (i, j) has the normal z(at + i*cols + j).
type rowNoise struct {
	noise Noise
	at    uint64
	cols  int
}

// normals fills z with the normals of a piece.
func (n *rowNoise) normals(z *[pieceSize]float32, p piece) {
	fillNoise(z[:p.rows*p.cols], n.noise, n.at+uint64(p.row*n.cols+p.col))
}

// blocks is the number of blocks of pieceSize columns in a piece. The last block may be shorter.
func (p piece) blocks() int { return ceil.Div(p.cols, pieceSize) }

// block returns block number i.
func (p piece) block(i int) piece {
	return piece{p.row, p.rows, p.col + i*pieceSize, min(pieceSize, p.cols-i*pieceSize)}
}

// of returns the piece's part of a matrix.
func (p piece) of(m Matrix) Matrix {
	from := p.row*m.Stride + p.col
	return Matrix{
		Rows: p.rows, Cols: p.cols, Stride: m.Stride,
		Data: m.Data[from : from+(p.rows-1)*m.Stride+p.cols],
	}
}

// rowsOf returns the piece's part of a slice that has one number for each row.
func (p piece) rowsOf(x []float32) []float32 { return x[p.row : p.row+p.rows] }

// noFactors and unitFactors stand for factors that a caller leaves out.
var noFactors, unitFactors [pieceSize]float32

func init() {
	for i := range unitFactors {
		unitFactors[i] = 1
	}
}

// orElse returns the piece's part of x, or the first of values where x is nil.
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

// checkPerRow panics unless x is nil or has one number for each row.
func checkPerRow(function, name string, x []float32, rows int) {
	if x != nil {
		checkLen(function, name, x, rows)
	}
}
