// Package metrics measures samples: how far they are from samples of the true distribution, column by column (KS, total
// variation, correlations) and as points (Wasserstein and Frechet distances, maximum mean discrepancy, the weights of modes,
// the distance to the training data), and how far a score and a density are from the exact ones.
//
// No distance between finite samples is zero, not even between two samples of the same distribution. So a measure says
// little by itself: Compare puts it next to its floor, the same measure between two true samples of the same size, and tells
// by a permutation test whether the samples can be told from true ones.
//
// Wrong data and settings are errors; sizes that do not fit each other panic.
//
// Of a seed that it is given, the package takes streams of kernels.Noise from 2^40 on, below 2^44.
package metrics
