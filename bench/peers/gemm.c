// Times C = op(A)*op(B), row-major, in a C library, in the output format of bench/gemm: for each triple m n k of the
// arguments a line with m n k, microseconds and GFlop/s of the best of several repeats. Options, before the triples:
// -ta, -tb (transpose A, B), -double; or -core alone, which prints the type of core whose kernels the library has chosen, and
// where the processor has longer vectors than they use, what to set. Built four times, with PEER_DNNL for oneDNN and PEER_XSMM
// for libxsmm (both float only), and with PEER_OPENBLAS or PEER_BLIS for a CBLAS.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef PEER_DNNL
#include "dnnl.h"
#include "dnnl_debug.h"
#elif defined(PEER_XSMM)
#include <libxsmm.h>
#else
#include <cblas.h>
#endif
#ifdef PEER_BLIS
void bli_init(void);
unsigned bli_arch_query_id(void);
const char *bli_arch_string(unsigned id);
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
#elif defined(PEER_XSMM)
  // Its matrices lie by columns, so that these are their own transposes, and C' = op(B)'*op(A)'.
  const float alpha = 1, beta = 0;
  libxsmm_sgemm(tb ? "T" : "N", ta ? "T" : "N", &n, &m, &k, &alpha, b, &ldb, a, &lda, &beta, c, &n);
#else
  int opa = ta ? CblasTrans : CblasNoTrans, opb = tb ? CblasTrans : CblasNoTrans;
  if (dbl)
    cblas_dgemm(CblasRowMajor, opa, opb, m, n, k, 1, a, lda, b, ldb, 0, c, n);
  else
    cblas_sgemm(CblasRowMajor, opa, opb, m, n, k, 1, a, lda, b, ldb, 0, c, n);
#endif
}

#if defined(PEER_OPENBLAS) || defined(PEER_BLIS)
// Types of cores and the vectors of their kernels, in bits; types that are not here have shorter ones, or are not of amd64.
static const struct {
  const char *name;
  int bits;
} types[] = {
    {"SkylakeX", 512}, {"Cooperlake", 512}, {"SapphireRapids", 512}, {"skx", 512}, {"knl", 512}, {"zen4", 512}, {"zen5", 512},
    {"Haswell", 256},  {"Zen", 256},        {"Excavator", 256},      {"haswell", 256}, {"zen", 256}, {"zen2", 256}, {"zen3", 256},
};

// better returns whether the processor has longer vectors than the kernels for a type of core use.
static int better(const char *type) {
#if defined(__x86_64__)
  int bits = 0;
  for (unsigned i = 0; i < sizeof types / sizeof *types; i++)
    if (!strcmp(type, types[i].name)) bits = types[i].bits;
  return bits < (__builtin_cpu_supports("avx512f") ? 512 : __builtin_cpu_supports("avx2") ? 256 : 0);
#else
  return !strcmp(type, "generic") || !strcmp(type, "ARMV8") || !strcmp(type, "armv8");
#endif
}

// choose picks a name by the processor.
static const char *choose(const char *avx512, const char *avx2, const char *arm64) {
#if defined(__x86_64__)
  (void)arm64;
  return __builtin_cpu_supports("avx512f") ? avx512 : avx2;
#else
  (void)avx512, (void)avx2;
  return arm64;
#endif
}
#endif

// core prints the type of core, and the advice.
static void core(void) {
#if defined(PEER_DNNL)
  puts(dnnl_cpu_isa2str(dnnl_get_effective_cpu_isa()));
#elif defined(PEER_XSMM)
  puts(libxsmm_get_target_arch());
#elif defined(PEER_BLIS)
  bli_init();
  const char *type = bli_arch_string(bli_arch_query_id()), *other = choose("skx", "haswell", "cortexa57");
  puts(type);
  for (unsigned id = 0; better(type) && strcmp(bli_arch_string(id), "generic"); id++)
    if (!strcmp(bli_arch_string(id), other)) printf("BLIS_ARCH_TYPE=%u, which is %s\n", id, other);
#else
  const char *type = openblas_get_corename();
  puts(type);
  if (better(type)) printf("OPENBLAS_CORETYPE=%s\n", choose("SkylakeX", "Haswell", "NEOVERSEN1"));
#endif
}

// The rule for repeats is that of bench/gemm: a first call by itself; then twice as many calls as before until they take a
// quarter of a repeat, which sets how many make up a repeat.
enum { repeats = 15 };
static const double length = 2e-3; // seconds of a repeat, or one call where that takes longer

// run returns the seconds that so many calls take.
static double run(int calls, int m, int n, int k, const void *a, const void *b, void *c) {
  double start = now();
  for (int q = 0; q < calls; q++) product(m, n, k, a, b, c);
  return now() - start;
}

// best returns the seconds that a call takes in the fastest repeat.
static double best(int m, int n, int k, const void *a, const void *b, void *c) {
  product(m, n, k, a, b, c);
  int calls = 1;
  double seconds;
  while ((seconds = run(calls, m, n, k, a, b, c)) < length / 4) calls *= 2;
  calls = (int)(length / seconds * calls);
  if (calls < 1) calls = 1;
  double fastest = 1e9;
  for (int repeat = 0; repeat < repeats; repeat++) {
    seconds = run(calls, m, n, k, a, b, c) / calls;
    if (seconds < fastest) fastest = seconds;
  }
  return fastest;
}

int main(int argc, char **argv) {
  int i = 1;
  for (; i < argc && argv[i][0] == '-'; i++) {
    if (!strcmp(argv[i], "-ta")) ta = 1;
    else if (!strcmp(argv[i], "-tb")) tb = 1;
    else if (!strcmp(argv[i], "-double")) dbl = 1;
    else if (!strcmp(argv[i], "-core")) return core(), 0;
    else {
      fprintf(stderr, "unknown option %s\n", argv[i]);
      return 2;
    }
  }
#if defined(PEER_DNNL) || defined(PEER_XSMM)
  if (dbl) {
    fprintf(stderr, "this driver has no product in double precision\n");
    return 2;
  }
#endif
  for (; i + 2 < argc; i += 3) {
    int m = atoi(argv[i]), n = atoi(argv[i + 1]), k = atoi(argv[i + 2]);
    void *a = operand((long)m * k), *b = operand((long)k * n), *c = operand((long)m * n);
    double flop = 2.0 * m * n * k, seconds = best(m, n, k, a, b, c);
    printf("%d %d %d %.5f %.3f\n", m, n, k, seconds * 1e6, flop / seconds * 1e-9);
    free(a), free(b), free(c);
  }
}
