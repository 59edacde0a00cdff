package kernels

import (
	"flag"
	"testing"
)

var long = flag.Bool("long", false, "test the statistics of 10^10 normals, in minutes")

// alarm is the probability with which one verdict on sound noise would turn red. The suite has 66 verdicts,
// so sound noise of a random seed would fail it less than once in 10^5 times. The seed here is fixed.
const alarm = 1e-7

// longSamples hold 10^10 normals.
const longSamples = 10_000_000_000/sampleLen + 1

var suiteNoise = Noise{Seed: 20260721, Stream: 1}

// TestNoiseStatistics compares the noise with independent standard normals. Every verdict takes a statistic
// whose law is known. It is the probability of that statistic, in both directions:
//
//   - moments 1 to 6, in standard errors;
//   - tails: the numbers of normals beyond 4, 5, 5.5 and 6 sigma, against Poisson's law;
//   - values: chi-square over 1024 bins and over all cells of width 1/4096, and Kolmogorov and Smirnov's
//     statistic of all;
//   - pairs that Box and Muller's transform made together: r^2 against the exponential law, the angle against
//     the uniform one, and both at once over 1024 bins, which shows whether they are independent;
//   - correlations, of z and of z^2, between all places of a group, groups at several distances, and
//     sequences whose index, stream or seed differ in one bit: chi-square of all, and the largest;
//   - second level: Kolmogorov and Smirnov's statistic and Anderson and Darling's of samples of 16384 values,
//     8192 radii and 8192 angles, whose levels must be uniform by both statistics (one sample in 16 is sorted
//     for that).
//
// TestNoiseFlawsAreFound has the flaws that turn the verdicts red. A change that leaves the normals
// independent, such as two words exchanged, is no flaw to statistics. TestNoiseFormula finds such a change.
func TestNoiseStatistics(t *testing.T) {
	samples := 1 << 11
	switch {
	case *long:
		samples = longSamples
	case Backend() == string(generic):
		samples = 1 << 6 // the definition's products are slow
	case testing.Short():
		samples = 1 << 10
	}
	seen := count(fill, suiteNoise, 0, samples)
	verdicts := seen.verdicts()
	t.Logf("%d normals, %d sorted samples of %d; overall false alarm probability %.1g",
		seen.n, len(seen.sortedValues.ks), sampleLen, float64(len(verdicts))*alarm)
	for _, v := range verdicts {
		t.Log(v)
		if !(v.p >= alarm) {
			t.Errorf("%s is too unlikely", v.name)
		}
	}
}
