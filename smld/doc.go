// Package smld is score matching with Langevin dynamics (Song and Ermon, "Generative modeling by estimating
// gradients of the data distribution", 2019). It has noise schedules, denoising score matching, a trainer,
// samplers, and exact scores to hold them against.
//
// A score is anything that maps points x and a noise level sigma to the gradient of log p_sigma at x. p_sigma
// is the data's distribution convolved with N(0, sigma^2 I). A trained Model has a score, and so has an exact
// GaussianMixture.
//
// A sampler that takes one step after the other is a sequence of Steps, data rather than code, which a Chain
// carries out; see LangevinDynamics, AnnealedLangevin, ConsistentAnnealed, Ancestral, ReverseDiffusion,
// ProbabilityFlow and Denoise. Chain, PredictorCorrector, Heun, LinearMultistep, DPMSolver and RK45 are
// Samplers, which NewSampler makes by name. Model.Draw draws samples in one call. Interpolate uses a sampler
// for more than samples, Likelihood uses the probability-flow ODE, and an Inpainter completes points.
//
// A model may take conditions, such as the class of a point. Model.Conditional is its score given one, with
// classifier-free guidance, and Guided adds any other gradient to a score.
//
// Everything follows from one seed. Training and sampling give the same bits on every architecture and any
// number of cores. A sample does not depend on the others drawn with it. The package takes the streams of
// kernels.Noise from 2^48 on, below 2^63; see kernels.Noise for those that are free.
package smld
