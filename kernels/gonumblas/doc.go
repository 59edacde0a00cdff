// Package gonumblas makes gonum fast: it has the level-3 BLAS of gonum on the kernels of this module.
//
//	blas64.Use(gonumblas.Float64{})
//	blas32.Use(gonumblas.Float32{})
//	lapack64.Use(gonumblas.Lapack{})
//
// Each line, once at the start of a program, changes package mat and gonum's LAPACK too, which call BLAS. The
// products Gemm, Symm, Syrk, Syr2k and Trmm and the solver Trsm are replaced. All other routines are gonum's
// own. Arguments are those of gonum, and wrong ones panic as they do there.
//
// Symm, Syrk and Syr2k are products of blocks. Trmm and Trsm halve their triangle down to order 8, and the
// square between the halves is a product (Goto and van de Geijn, "High-performance implementation of the
// level-3 BLAS", 2008). Only the triangle that a routine names is read or written.
//
// Results differ from gonum's in these ways:
//
//   - Sums have another order. An element of Gemm, Symm or Syrk is one chain of fused multiply-adds in
//     ascending order of k, which begins with beta*C; see [kernels.Gemm]. Symm and Syrk thus have the bits of
//     Gemm. Syr2k goes on with the chain of its second product.
//   - Zeros are not skipped: zero times NaN or infinity is NaN. Gonum's routines leave out most zeros of one
//     operand.
//   - Nothing of A or B is read where alpha is 0, and nothing of C where beta is 0, as in the reference BLAS.
//   - Results do not depend on GOMAXPROCS or on the processor. In Trmm and Trsm, the bits of a right side may
//     depend on how many others B has; in the other routines an element depends on its row and column alone.
//
// An output that shares elements with an operand is worked on by gonum's own method. Trmm and Trsm count the
// whole square of A as that operand. Views that interleave without sharing an element, such as blocks of one
// matrix, stay with the kernels.
//
// Lapack replaces the factorizations LU, Cholesky, QR and LQ, products with Q, solutions, inverses and
// estimates of condition numbers. They halve their matrix, so that most work is in products, and their
// results have the properties in this list too. In steps of equal magnitude LU takes the first pivot, as
// gonum does.
//
// It also replaces the singular value decomposition Dgesvd, the eigenvalues of symmetric matrices Dsyev, and
// what they are made of: reductions to bidiagonal and tridiagonal form by blocks of reflectors, and QR
// iterations, whose rotations wait for each other and are then applied to rows that stay in the cache
// ([kernels.RotateRows64]). They need no workspace: what Dgesvd and Dsyev call the best length of work is the
// least. The decomposition of general matrices into eigenvectors, Dgeev, is gonum's own.
//
// Nothing is allocated once buffers are warm.
package gonumblas
