// Package langevin is the root of a module for score-based generative modelling in pure Go: score matching with
// Langevin dynamics (SMLD), on SIMD kernels without cgo.
//
//   - Package [github.com/seed964deb49/langevin/kernels]: matrix products, Gaussian noise, Langevin updates and the
//     other kernels of a training step, as AVX2, AVX-512 and NEON assembly and in pure Go.
//   - Package [github.com/seed964deb49/langevin/mlp]: a multilayer perceptron on them.
//   - Package [github.com/seed964deb49/langevin/smld]: noise schedules, denoising score matching, training, samplers,
//     exact scores, likelihoods.
//   - Package [github.com/seed964deb49/langevin/metrics]: measures of samples.
//   - Package [github.com/seed964deb49/langevin/dataset]: data to train on, and .npy files.
//   - Package [github.com/seed964deb49/langevin/picture]: pictures of models, samples and trainings.
//   - Package [github.com/seed964deb49/langevin/safetensors]: model files that Python reads.
//   - Command [github.com/seed964deb49/langevin/cmd/langevin]: train, sample and measure from the shell.
//
// One seed gives one result: every implementation of a kernel returns the same bits, at any number of cores, so that a
// model trained on one machine is the file that any other would have written.
package langevin
