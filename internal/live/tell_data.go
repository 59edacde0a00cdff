package live

import (
	"fmt"

	"github.com/seed964deb49/langevin/smld"
)

// event returns what is told of the data, with the first rows.
func (d *chosen) event(defaults Settings) (Data, []byte) {
	if d.model != nil {
		return d.modelEvent(), nil
	}
	set, e := d.set, d.data.Encoding
	h := Data{
		Event: "data", Name: d.source.title, Kind: kindOf(e, set.Shape), About: set.About, Rows: set.X.Rows,
		Cols: set.X.Cols, Columns: names(set.Columns), Image: imageFormat(set.Image), Classes: d.classes(),
		Endless: d.data.Endless, Plan: settingsOf(d.plan(defaults), d.seed),
		Command: d.source.command(),
	}
	if h.About == "" {
		h.About = about[d.source.name].text
	}
	h.Low, h.High, h.Double = d.view.low, d.view.high, d.view.double
	const most, values = 2000, 1 << 17
	h.Shown = min(set.X.Rows, most, max(16, values/set.X.Cols))
	first := make([]float64, 0, h.Shown*h.Cols)
	for i := range h.Shown {
		first = append(first, set.X.Row(i)...)
	}
	return h, appendPoints(nil, first, h.Double)
}

// modelEvent returns what a model tells of its data.
func (d *chosen) modelEvent() Data {
	m := d.model
	h := Data{
		Event: "data", Name: d.source.title, Kind: kindOf(m.Encoding, m.Data.Shape),
		About: fmt.Sprintf("a model of %s, of %d parameters", m.Data.Name, len(m.Net.Block)),
		Cols:  width(m), Image: imageFormat(m.Image()), Classes: d.classes(), Columns: []string{},
		Command: d.source.command(),
	}
	if m.Encoding != nil {
		h.Columns = names(m.Encoding.Columns)
	}
	h.Low, h.High, h.Double = d.view.low, d.view.high, d.view.double
	return h
}

// width returns how many values a row of a model's data has.
func width(m *smld.Model) int {
	if m.Encoding != nil {
		return m.Encoding.Width()
	}
	return m.Dim()
}
