package setup

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/smld"
)

// TestQuote: a shell reads the words that were quoted.
func TestQuote(t *testing.T) {
	words := []string{"a", "", "a b", "it's", `"$HOME"`, "`x`", `back\slash`, "*?", "~", "ä", "-x=1,2", "a;b", "new\nline", "!x", "#", "&"}
	line := Quote(words...)
	if !strings.HasPrefix(line, "a '' 'a b' ") {
		t.Error(line)
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	out, err := exec.Command(sh, "-c", `printf '%s\0' `+line).Output()
	if got := strings.TrimSuffix(string(out), "\x00"); err != nil || got != strings.Join(words, "\x00") {
		t.Errorf("%q, %v, want %q", got, err, words)
	}
}

// TestWarmUp: the warm-up is a tenth of the steps at most, and none where the rate does not follow from them.
func TestWarmUp(t *testing.T) {
	for _, c := range []struct {
		schedule    smld.Schedule
		steps, want int
	}{{smld.Cosine, 50_000, 300}, {smld.Cosine, 70, 7}, {smld.Constant, 50_000, 0}, {smld.InverseSqrt, 70, 0}} {
		p := smld.Plan{Train: smld.TrainConfig{Schedule: c.schedule, Steps: c.steps, WarmUp: 300}}
		if WarmUp(&p); p.Train.WarmUp != c.want {
			t.Errorf("%+v: %d", c, p.Train.WarmUp)
		}
	}
}

// TestOptionFlag: words begin with capitals.
func TestOptionFlag(t *testing.T) {
	for option, want := range map[string]string{
		"Levels": "levels", "ChurnMin": "churn-min", "SNR": "snr", "LiteralSNR": "literal-snr", "NoDenoise": "no-denoise",
	} {
		if got := OptionFlag(option); got != want {
			t.Errorf("%s is %s, want %s", option, got, want)
		}
	}
}
