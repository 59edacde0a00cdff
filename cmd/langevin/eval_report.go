package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/seed964deb49/langevin/metrics"
)

// report is what eval prints of a model.
type report struct {
	Samples     int                        `json:"samples"`
	Sampler     string                     `json:"sampler"`
	Evaluations float64                    `json:"evaluations"` // of the score, a sample
	Warnings    []string                   `json:"warnings,omitempty"`
	Measures    []metrics.Comparison       `json:"measures"`
	Columns     []metrics.ColumnComparison `json:"columns"`
	Verdict     verdict                    `json:"verdict"`
	Modes       *modesReport               `json:"modes,omitempty"`
	Score       []levelError               `json:"scoreErrors,omitempty"`
	KL          *estimate                  `json:"kl,omitempty"` // of the truth from the model at its smallest level, in nats
}

// verdict tells whether samples can be told from data by any of the measures, and by which.
type verdict struct {
	Told bool     `json:"told"`
	By   []string `json:"by"`
	Of   int      `json:"of"` // measures with a verdict
}

type modesReport struct {
	Shares       []float64 `json:"shares"`
	Expected     []float64 `json:"expected"`
	LargestError float64   `json:"largestError"` // in binomial standard errors
	Covered      int       `json:"covered"`
	PValue       float64   `json:"pValue"`
	Told         bool      `json:"told"`
}

type levelError struct {
	Sigma float32 `json:"sigma"`
	Error float64 `json:"error"`
}

type estimate struct {
	Value         float64 `json:"value"`
	StandardError float64 `json:"standardError"`
	Points        int     `json:"points"`
}

// judge sums up the measures.
func (r *report) judge() {
	r.Verdict = verdict{By: []string{}, Of: len(r.Measures)}
	for _, m := range r.Measures {
		if m.Told {
			r.Verdict.By = append(r.Verdict.By, m.Name)
		}
	}
	if r.Modes != nil {
		r.Verdict.Of++
		if r.Modes.Told {
			r.Verdict.By = append(r.Verdict.By, "weights of modes")
		}
	}
	r.Verdict.Told = len(r.Verdict.By) > 0
}

func (v verdict) String() string {
	if !v.Told {
		return fmt.Sprintf("The samples cannot be told from data by any of %d measures at this number of samples.", v.Of)
	}
	return fmt.Sprintf("The samples can be told from data, by %d of %d measures.", len(v.By), v.Of)
}

// words tells whether samples can be told from data.
func words(told bool) string {
	if told {
		return "can be told"
	}
	return "cannot be told"
}

func (r *report) print(c *console) error {
	fmt.Fprintf(c.out, "%d samples by %s, %.4g score evaluations each\n", r.Samples, r.Sampler, r.Evaluations)
	fmt.Fprintf(c.out, "floor: the same between random halves of true points, mean ± standard deviation\n"+
		"samples from data: true samples are told in %g%% of cases, by each measure\n\n", 100*metrics.Level)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "measure\tvalue\tfloor\tratio\tsamples from data\t")
	for _, m := range r.Measures {
		ratio := "-"
		if m.Ratio != nil {
			ratio = fmt.Sprintf("%.3g", *m.Ratio)
		}
		fmt.Fprintf(w, "%s\t%.4g\t%.4g ± %.2g\t%s\t%s\t\n", m.Name, m.Value, m.Floor, m.Spread, ratio, words(m.Told))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, m := range r.Measures {
		if m.Where != "" {
			fmt.Fprintf(c.out, "%s: %s\n", m.Name, m.Where)
		}
	}
	if err := r.printColumns(c.out); err != nil {
		return err
	}
	r.printMixture(c.out)
	fmt.Fprintf(c.out, "\n%v\n", r.Verdict)
	for _, warning := range r.Warnings {
		fmt.Fprintf(c.out, "Warning: %s.\n", warning)
	}
	return nil
}

// printColumns prints the columns that are farthest above their floors.
func (r *report) printColumns(out io.Writer) error {
	const most = 10
	columns := slices.Clone(r.Columns)
	slices.SortStableFunc(columns, func(a, b metrics.ColumnComparison) int {
		return cmp.Or(cmp.Compare(a.P, b.P), cmp.Compare(b.Value-b.Floor, a.Value-a.Floor))
	})
	fmt.Fprintln(out)
	if len(columns) > most {
		fmt.Fprintf(out, "the %d columns of %d that are farthest from the data (all with --json)\n", most, len(columns))
		columns = columns[:most]
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "column\tdistance\tvalue\tfloor\tsamples from data\t")
	for _, c := range columns {
		fmt.Fprintf(w, "%s\t%s\t%.3g\t%.3g ± %.1g\t%s\t\n", c.Name, c.Distance, c.Value, c.Floor, c.Spread, words(c.Told))
	}
	return w.Flush()
}

// printMixture prints what is known of mixtures only.
func (r *report) printMixture(out io.Writer) {
	if m := r.Modes; m != nil {
		fmt.Fprintf(out, "\nmodes: %d of %d have samples; largest error of a weight %.1f binomial standard errors; "+
			"chi-square p = %.3g: %s\n", m.Covered, len(m.Shares), m.LargestError, m.PValue, words(m.Told))
	}
	if k := r.KL; k != nil {
		fmt.Fprintf(out, "KL divergence of the truth from the model, by the probability-flow ODE, both with noise of the smallest level:\n"+
			"%.4f ± %.4f nats (%d points)\n", k.Value, k.StandardError, k.Points)
	}
	if len(r.Score) > 0 {
		fmt.Fprintln(out, "\nscore error E|s - exact|^2 sigma^2/D at noise levels in units of the model")
		for _, l := range r.Score {
			fmt.Fprintf(out, "  sigma %-10.4g %.3g\n", l.Sigma, l.Error)
		}
	}
}
