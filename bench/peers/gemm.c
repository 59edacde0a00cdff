// Times C = op(A)*op(B), row-major, in a C library, in the output format of bench/gemm: for each triple m n k of the
// arguments a line with m n k, microseconds and GFlop/s of the best of several repeats. Options, before the triples:
// -ta, -tb (transpose A, B), -double. Built three times, with PEER_DNNL for oneDNN (float only) and without for a CBLAS.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef PEER_DNNL
#include "dnnl.h"
#else
#include <cblas.h>
#endif

static int ta, tb, dbl;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

// operand returns n small integers in the precision asked for.
static void *operand(long n) {
  void *p = aligned_alloc(64, (8 * n + 127) / 64 * 64);
  for (long i = 0; i < n; i++) {
    if (dbl)
      ((double *)p)[i] = i % 7 - 3;
    else
      ((float *)p)[i] = i % 7 - 3;
  }
  return p;
}

static void product(int m, int n, int k, const void *a, const void *b, void *c) {
  int lda = ta ? m : k, ldb = tb ? k : n;
#ifdef PEER_DNNL
  dnnl_sgemm(ta ? 'T' : 'N', tb ? 'T' : 'N', m, n, k, 1, a, lda, b, ldb, 0, c, n);
#else
  int opa = ta ? CblasTrans : CblasNoTrans, opb = tb ? CblasTrans : CblasNoTrans;
  if (dbl)
    cblas_dgemm(CblasRowMajor, opa, opb, m, n, k, 1, a, lda, b, ldb, 0, c, n);
  else
    cblas_sgemm(CblasRowMajor, opa, opb, m, n, k, 1, a, lda, b, ldb, 0, c, n);
#endif
}

int main(int argc, char **argv) {
  int i = 1;
  for (; i < argc && argv[i][0] == '-'; i++) {
    if (!strcmp(argv[i], "-ta")) ta = 1;
    else if (!strcmp(argv[i], "-tb")) tb = 1;
    else if (!strcmp(argv[i], "-double")) dbl = 1;
    else {
      fprintf(stderr, "unknown option %s\n", argv[i]);
      return 2;
    }
  }
#ifdef PEER_DNNL
  if (dbl) {
    fprintf(stderr, "oneDNN has no product in double precision\n");
    return 2;
  }
#endif
  for (; i + 2 < argc; i += 3) {
    int m = atoi(argv[i]), n = atoi(argv[i + 1]), k = atoi(argv[i + 2]);
    void *a = operand((long)m * k), *b = operand((long)k * n), *c = operand((long)m * n);
    double flop = 2.0 * m * n * k, best = 1e9;
    int calls = (int)(2e8 / flop) + 1;
    for (int repeat = 0; repeat < 9; repeat++) {
      double start = now();
      for (int q = 0; q < calls; q++) product(m, n, k, a, b, c);
      double seconds = (now() - start) / calls;
      if (seconds < best) best = seconds;
    }
    printf("%d %d %d %.3f %.2f\n", m, n, k, best * 1e6, flop / best * 1e-9);
    free(a), free(b), free(c);
  }
}
