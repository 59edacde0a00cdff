// Package setup has what the command and the live page say alike: what a training is where nobody says
// otherwise, in words and as command lines.
package setup

import (
	"fmt"
	"strings"

	"github.com/seed964deb49/langevin/smld"
)

// What a training takes where nobody says otherwise.
const (
	HoldOut = 0.05 // share of a file's points that are not trained on
	Levels  = 100  // noise levels of a model
)

// OwnClasses stands for the classes that a set with a name has by itself, and AllClasses for every class of a
// model in turn.
const (
	OwnClasses = "class"
	AllClasses = "all"
)

// WarmUp makes the warm-up of a plan that of its steps and schedule: at most a tenth of the steps, and none
// where the rate does not depend on the number of steps, since such a training could not go on when that
// changes.
func WarmUp(p *smld.Plan) {
	p.Train.WarmUp = min(p.Train.WarmUp, p.Train.Steps/10)
	if p.Train.Schedule != smld.Cosine {
		p.Train.WarmUp = 0
	}
}

// Describe says in a line how a training is set up.
func Describe(d *smld.Data, p smld.Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d coordinates", d.Encoding.Dim())
	if d.Endless {
		b.WriteString(" of points without end")
	} else {
		fmt.Fprintf(&b, " of %d points", d.Points.Rows)
	}
	if n := d.Conditions; n > 0 {
		fmt.Fprintf(&b, " in %d classes, %s", n, ClassList(d.Description.Classes))
	}
	t := p.Train
	fmt.Fprintf(&b, "; %s, hidden layers %s, %d steps of %d points, rate %g, %s; ", p.Model.Preconditioning,
		Sizes(p.Model.Hidden), t.Steps, t.Batch, t.LearningRate, t.Schedule)
	fmt.Fprintf(&b, "noise %s", t.Noise)
	if t.Noise == smld.LogNormal {
		fmt.Fprintf(&b, " (%g, %g)", t.LogMean, t.LogStd)
	}
	fmt.Fprintf(&b, ", levels %g to %g %s, weighting %s, EMA %g", p.SigmaMax, p.SigmaMin, d.Encoding.Unit(),
		t.Weighting, t.EMADecay)
	return b.String()
}

// ClassList lists classes, no more than 12 of them.
func ClassList(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most-1], ", ") + ", ..., " + names[len(names)-1]
	}
	return strings.Join(names, ", ")
}
