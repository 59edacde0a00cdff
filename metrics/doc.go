// Package metrics measures samples: how far they are from samples of the true distribution, by Wasserstein and Frechet
// distances, maximum mean discrepancy, the weights of modes, the distance to the training data, and how far a score is
// from the exact one.
//
// No distance between finite samples is zero, not even between two samples of the same distribution. So a measure says
// little by itself: Compare puts it next to its floor, the same measure between two true samples of the same size.
//
// Of a seed that it is given, the package takes streams of kernels.Noise from 2^40 on, below 2^42.
package metrics
