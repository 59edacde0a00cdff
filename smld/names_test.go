package smld

import (
	"encoding"
	"encoding/json"
	"strings"
	"testing"
)

// TestNames reads names of settings from text. Those that stand in files of settings are read, and an error
// about another lists them.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		name  encoding.TextUnmarshaler
		lists string
	}{
		{new(Schedule), `no schedule "x"; choose one of constant, cosine, inverse-sqrt`},
		{
			new(LevelDistribution),
			`no distribution of noise levels "x"; choose one of levels, log-uniform, log-normal`,
		},
		{new(Weighting), `no weighting "x"; choose one of sigma, edm`},
		{new(Preconditioning), `no preconditioning "x"; choose one of edm, ncsnv2, bounded, linear`},
		{new(Scaling), `no scale "x"; choose one of auto, column, all, none`},
	} {
		_, list, _ := strings.Cut(c.lists, "choose one of ")
		for _, name := range append(strings.Split(list, ", "), "") {
			if err := c.name.UnmarshalText([]byte(name)); err != nil {
				t.Errorf("%q: %v", name, err)
			}
			if text, err := json.Marshal(c.name); err != nil || string(text) != `"`+name+`"` {
				t.Errorf("%q is %s in JSON, %v", name, text, err)
			}
		}
		if err := c.name.UnmarshalText([]byte("x")); err == nil || err.Error() != "smld: "+c.lists {
			t.Errorf("got %v, want smld: %s", err, c.lists)
		}
		if text, _ := json.Marshal(c.name); string(text) != `""` {
			t.Errorf("after an error the name is %s", text)
		}
	}
	var config TrainConfig
	if err := json.Unmarshal([]byte(`{"schedule": "cosin"}`), &config); err == nil {
		t.Error("a schedule of another name was read")
	}
}
