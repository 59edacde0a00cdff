package streams

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

func (p place) overlaps(o place) bool {
	return p.first <= o.last && o.first <= p.last && p.begin <= o.end && o.begin <= p.end
}

// TestNoneOverlaps: no two places share a block of a stream.
func TestNoneOverlaps(t *testing.T) {
	for i, p := range places {
		if p.first > p.last || p.begin > p.end {
			t.Errorf("%s is empty or passes the last: streams %#x to %#x, blocks %#x to %#x",
				p.name, p.first, p.last, p.begin, p.end)
		}
		for _, o := range places[:i] {
			if p.overlaps(o) {
				t.Errorf("%s and %s overlap", o.name, p.name)
			}
		}
	}
}

// TestAllInTable: each exported constant begins a place, except where all of them begin or end.
func TestAllInTable(t *testing.T) {
	rows := map[string]int{"Normals": 1, "End": 1}
	for _, p := range places {
		rows[p.name]++
	}
	for _, name := range constants(t) {
		if ast.IsExported(name) && rows[name] != 1 {
			t.Errorf("%s has %d rows in the table, want 1", name, rows[name])
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("the table has %s, which is no constant", name)
	}
}

func constants(t *testing.T) (names []string) {
	file, err := parser.ParseFile(token.NewFileSet(), "streams.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.CONST {
			continue
		}
		for _, s := range d.Specs {
			for _, name := range s.(*ast.ValueSpec).Names {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// TestValues: results of earlier seeds come from these numbers.
func TestValues(t *testing.T) {
	begins := map[string]uint64{
		"Shifted": 1 << 62, "Epochs": 1 << 63, "Normals64": 12 << 60, "Uniforms": 13 << 60, "Uniforms64": 14 << 60,
		"Callers": 0, "Directions": 1 << 40, "Score": 1 << 41, "Divergence": 3 << 40, "Splits": 1 << 42,
		"Order": 1 << 43, "Init": 1 << 48, "Levels": 2 << 48, "Train": 3 << 48, "Prior": 4 << 48,
		"Sample": 5 << 48, "Components": 6 << 48, "Points": 7 << 48, "Corrector": 8 << 48, "Probe": 9 << 48,
		"Known": 10 << 48, "Dequantize": 11 << 48, "HeldOut": 13 << 48, "Axes": 14 << 48, "Particles": 15 << 48,
		"Resampling": 16 << 48, "Dropout": 17 << 48, "ToyNormals": 1 << 63, "ToyWords": 1<<63 + 1,
	}
	for _, p := range places {
		at := p.first
		if p.first == 0 {
			at = p.begin
		}
		if want, ok := begins[p.name]; !ok || at != want {
			t.Errorf("%s begins at %#x, want %#x", p.name, at, want)
		}
	}
}
