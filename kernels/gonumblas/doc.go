// Package gonumblas makes gonum fast: it is gonum's BLAS in float64 and float32 on the kernels of this
// module.
//
//	blas64.Use(gonumblas.Float64{})
//	blas32.Use(gonumblas.Float32{})
//	lapack64.Use(gonumblas.Lapack{})
//
// They stand once at the start of a program. The first is for float64 and also changes package mat and
// gonum's LAPACK, which call that BLAS. The second is for float32, which neither of them uses. The third
// replaces routines of LAPACK themselves; see below. Of the BLAS, levels 1, 2 and 3 are replaced, but for the
// modified rotations Rotm and Rotmg, which are gonum's own. Arguments are those of gonum, increments of
// either sign among them, and wrong ones panic as they do there.
//
// # Methods
//
// Level 1 is the functions of package kernels: Dot, Axpy, Scale, Asum, Norm, Iamax, Swap and Rotate. A vector
// with another increment than 1 is put together in a buffer for the sums, and is worked on as it lies for the
// rest.
//
// Level 2 takes inner products by kernels.DotRows and sums of rows by kernels.Gemm with one row. Trmv, Trsv
// and Symv cut their triangle into small ones on the diagonal and rectangles beside them. Bands and packed
// triangles go by rows.
//
// Symm, Syrk and Syr2k are products of blocks. Trmm and Trsm halve their triangle down to order 8, and the
// square between the halves is a product (Goto and van de Geijn, "High-performance implementation of the
// level-3 BLAS", 2008). Only the triangle that a routine names is read or written.
//
// # Results
//
// Results do not depend on GOMAXPROCS or on the processor, unless they are left to gonum (see below). Those
// of levels 1 and 2 do not depend on increments, but for negative ones, with which vectors are read
// backwards. Results differ from gonum's in these ways:
//
//   - Sums have another order. That of level 1 is the kernels'; see [kernels.Dot]. An element of Gemm, Symm
//     or Syrk is one chain of fused multiply-adds in ascending order of k, which begins with beta*C; see
//     [kernels.Gemm]. Symm and Syrk thus have the bits of Gemm. Syr2k goes on with the chain of its second
//     product. Gemv, Gbmv and the products with a symmetric matrix add beta*y, rounded, last.
//   - In level 2, small matrices and triangles, of up to some 16 rows, and short rows of bands are worked on
//     in plain loops, which round each product. The bits of an element thus depend on the size of the matrix.
//   - In Trmm and Trsm, the bits of a right side may depend on how many others B has. One alone goes as in
//     Trmv and Trsv. In the other routines of level 3 an element depends on its row and column alone.
//   - Zeros are not skipped: zero times NaN or infinity is NaN. Gonum's routines leave out most zeros of one
//     operand in Syr and in level 3, as the reference BLAS does there and elsewhere. Axpy with alpha 0 does
//     nothing, as in both.
//   - Nothing of A, B or x is read where alpha is 0, and nothing of C or y where beta is 0, as in the
//     reference BLAS. Scal by 0 sets x to 0.
//   - Nrm2 of finite numbers is infinite only where the norm itself overflows. It is NaN where an element is.
//   - Dsdot and Sdsdot add exact products in float64, in four sums.
//
// An output that shares elements with an operand gets, in level 2, the result that it would have if it did
// not, unless the matrix is so small that it is worked on in plain loops. In level 3 it is worked on by
// gonum's own method. Trmm and Trsm count the whole square of A as that operand. Views that interleave
// without sharing an element, such as blocks of one matrix, stay with the kernels.
//
// Lapack replaces the factorizations LU, Cholesky, QR and LQ, products with Q, solutions, inverses and
// estimates of condition numbers. They halve their matrix down to some columns, so that most work is in
// products, and their results have the properties in this list too. Of pivots of one magnitude LU takes the
// first, as gonum does.
//
// It also replaces the singular value decomposition Dgesvd, the eigenvalues of symmetric matrices Dsyev, and
// what they are made of: reductions to bidiagonal and tridiagonal form by blocks of reflectors, and QR
// iterations, whose rotations wait for each other and are then applied to rows that stay in the cache
// ([kernels.RotateRows64]). They need no workspace: what Dgesvd and Dsyev call the best length of work is the
// least. The decomposition of general matrices into eigenvectors, Dgeev, is gonum's own. Of a matrix with NaN
// or infinity that has at least two rows and columns, Dgesvd reports no convergence, and Dsyev either that or
// eigenvalues among which is NaN, in no order. The iterations end in any case.
//
// Nothing is allocated once buffers are warm, except where gonum's own method is left to work.
package gonumblas
