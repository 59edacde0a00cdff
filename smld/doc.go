// Package smld is score matching with Langevin dynamics (Song and Ermon, "Generative modeling by estimating
// gradients of the data distribution", 2019): noise schedules, denoising score matching, a trainer, samplers,
// and exact scores to hold them against.
//
// A score is anything that maps points x and a noise level sigma to the gradient of log p_sigma at x, where
// p_sigma is the data's distribution convolved with N(0, sigma^2 I): a trained Model or an exact
// GaussianMixture.
//
// Samplers that take one step after the other are sequences of Steps, data rather than code, and Run carries
// them out; see LangevinDynamics, AnnealedLangevin, ConsistentAnnealed, Ancestral, ReverseDiffusion,
// ProbabilityFlow and Denoise. With them, PredictorCorrector, Heun and RK45 are Samplers; NewSampler makes
// each by name with its defaults. Interpolate uses a sampler for more than samples, Likelihood the
// probability-flow ODE, and an Inpainter completes points.
//
// Everything follows from one seed. Training and sampling give the same bits on every architecture and any
// number of cores, and a sample does not depend on the others drawn with it. Of what a seed offers, the
// package takes streams of kernels.Noise from 2^48 on, below 2^63; see kernels.Noise for those that are free.
package smld
