package smld

import (
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestEncodingDecimals: what points stand for has the decimals of its column, with steps or without, and no
// sign at zero. A model file keeps the decimals, and numbers of decimals that cannot be are refused.
func TestEncodingDecimals(t *testing.T) {
	prices, plain, steps := normals(50, 3, 1), normals(50, 3, 1), normals(50, 0, 1)
	for i := range prices {
		prices[i] = math.Round(prices[i]*100) / 100
		steps[i] = math.Round(steps[i]*10) / 10
	}
	set := tableOf(prices, plain, steps)
	set.Columns[0].Decimals, set.Columns[2].Decimals = 2, 1
	for _, binned := range []float64{NoBin, 0.1} {
		e := must[*Encoding](t)(NewEncoding(set, EncodingConfig{Bin: binned}))
		if binned == NoBin {
			binned = 0.01
		}
		points, rows := kernels.NewMatrix(300, 3), kernels.NewMatrix64(300, 3)
		kernels.Noise{Seed: 2}.Fill(points.Data, 0)
		e.Decode(rows, points)
		odd := 0
		for i := range rows.Rows {
			row := rows.Row(i)
			for k, unit := range map[int]float64{0: 100, 2: 10} {
				if v := row[k]; v != math.Round(v*unit)/unit || v == 0 && math.Signbit(v) {
					t.Fatalf("column %d is %v", k+1, v)
				}
			}
			if row[1] != math.Round(row[1]*100)/100 {
				odd++
			}
		}
		if binned == 0.01 && odd < 290 {
			t.Errorf("a column of many decimals loses them in %d rows", 300-odd)
		}
	}
	m := &Model{Mean: []float32{0}}
	text := `{"low":0,"high":1,"columns":[{"kind":"number","low":0,"high":1,"decimals":D}],` +
		`"coordinates":[{"column":0,"mean":0,"scale":1}]}`
	if err := m.encodingFrom(strings.Replace(text, "D", "6", 1)); err != nil ||
		m.Encoding.Columns[0].Decimals != dataset.MostDecimals {
		t.Errorf("6 decimals: %+v, %v", m.Encoding, err)
	}
	for _, d := range []string{"7", "-1"} {
		if err := m.encodingFrom(strings.Replace(text, "D", d, 1)); err == nil ||
			!strings.Contains(err.Error(), "decimals") {
			t.Errorf("%s decimals: %v", d, err)
		}
	}
}
