package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// normals returns rows of normals, shifted and scaled.
func normals(rows, cols int, centre, scale float64) kernels.Matrix64 {
	x := kernels.NewMatrix64(rows, cols)
	kernels.Noise{Seed: 3}.Fill64(x.Data, 0)
	for i := range x.Data {
		x.Data[i] = centre + scale*x.Data[i]
	}
	return x
}

// long is a name that no margin has room for.
var long = strings.Repeat("a name without an end ", 30)

// wayTo returns a way of points to a normal distribution.
func wayTo(cols int, scale float64) *Way {
	w := &Way{}
	for _, sigma := range []float64{3, 1, 0.3, 0.1, 0} {
		w.Sigmas = append(w.Sigmas, sigma)
		w.Points = append(w.Points, normals(30, cols, 0, scale*math.Hypot(1, sigma)))
	}
	return w
}

// tinyImages are images of two by three pixels.
func tinyImages(channels int) Images {
	return Images{Image: dataset.Image{Height: 2, Width: 3, Channels: channels}, Low: -1, High: 1}
}

// everyKind draws a picture of each kind, with numbers of a scale and a name.
func everyKind(t *testing.T, scale float64, name string) map[string]*Picture {
	t.Helper()
	all := map[string]*Picture{}
	keep := func(kind string) func(p *Picture, err error) {
		return func(p *Picture, err error) {
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			all[kind] = p
		}
	}
	x, truth := normals(50, 2, scale, scale), normals(60, 2, scale, 1.2*scale)
	sets := []Points{{Name: "samples " + name, X: x}, {Name: "true " + name, X: truth, True: true}}
	plane := Plane{Title: name, Names: [2]string{name, name}}
	keep("scatter")(Scatter(plane, sets...))
	keep("scatters")(Scatters([]Panel{{name, sets}, {name, sets[:1]}, {"c", sets[1:]}}, plane))
	columns := []dataset.Column{
		{Name: name, Kind: dataset.Number}, {Kind: dataset.Category, Categories: []string{name, "b", "c"}}, {Name: "z", Kind: dataset.Number},
	}
	table := normals(40, 3, scale, scale)
	for i := range table.Rows {
		table.Row(i)[1] = float64(i % 3)
	}
	keep("pairs")(Pairs(columns, Points{Name: name, X: table}, Points{Name: "true", X: table, True: true}))
	keep("pair of one")(Pairs(columns[:1], Points{X: table.Columns(0, 1)}))
	f := tinyImages(1)
	f.Columns = 4
	keep("grid")(Grid(normals(7, 6, 0, 1), f))
	f.Names = []string{name, "2", "3", name}
	keep("named grid")(Grid(normals(7, 6, 0, 1), f))
	keep("neighbours")(Neighbours(normals(3, 18, 0, 1), normals(3, 18, 0, 1), []float64{scale, 0, 1}, tinyImages(3)))
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		t.Fatal(err)
	}
	units := Units{Scale: [2]float64{scale, scale}}
	bounds := Bounds{-9 * scale, 9 * scale, -9 * scale, 9 * scale}
	keep("field")(Field(mixture, []float32{0.2, 1}, FieldOptions{
		Plane: Plane{Names: plane.Names, Bounds: bounds}, Units: units, Density: mixture,
	}))
	keep("trajectories")(Trajectories(wayTo(2, scale), plane, Points{Name: name, X: truth, True: true}))
	points := []LossPoint{{10, 9 * scale, 9 * scale, 0.001 * scale}, {20, scale, 2 * scale, scale}, {3e6, 0.5 * scale, 0.6 * scale, 0}}
	keep("loss")(Loss(points, name, "mean "+name))
	keep("loss of lines")(Loss(points, "", ""))
	level := 2 * scale
	keep("curves")(Curves(
		Chart{Title: name, XName: name, YName: name, XLog: true, YLog: true, Level: &level, Series: []Series{
			{name, []float64{scale, 2 * scale, 9 * scale}, []float64{scale, 3 * scale, 2 * scale}}, {"b", []float64{scale}, []float64{scale}},
		}},
		Chart{XName: "x", Series: []Series{{name, []float64{-scale, scale}, []float64{0, -scale}}}},
	))
	keep("held-out")(HeldOut([]HeldOutLosses{
		{100, []float64{scale, 3 * scale, 500 * scale}, []float64{scale, 2 * scale, 0}}, {123456789, []float64{scale}, []float64{scale}},
	}))
	return all
}

// TestEdges: nothing is cut at the edges, however long the names and large the numbers are: the outermost two pixels
// are of the background. Something is drawn within.
func TestEdges(t *testing.T) {
	for _, scale := range []float64{1, 3.7e-5, 2.2e6, 1e12} {
		for kind, p := range everyKind(t, scale, long) {
			m := p.Image()
			b := m.Bounds()
			inner := b.Inset(2)
			other := 0
			for y := b.Min.Y; y < b.Max.Y; y++ {
				for x := b.Min.X; x < b.Max.X; x++ {
					if isWhite(m.At(x, y)) {
						continue
					}
					other++
					if !image.Pt(x, y).In(inner) {
						t.Fatalf("%s, scale %v: something is drawn at %d,%d of %v, at the edge", kind, scale, x, y, b.Size())
					}
				}
			}
			if other < 500 {
				t.Errorf("%s, scale %v: %d pixels are drawn", kind, scale, other)
			}
		}
	}
}

func isWhite(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r&g&b == 0xffff
}

// TestTwice: a picture that is drawn again has the same bytes, as PNG and as SVG.
func TestTwice(t *testing.T) {
	first, second := everyKind(t, 1, "name"), everyKind(t, 1, "name")
	for kind, p := range first {
		for _, f := range []Format{PNG, SVG} {
			var a, b bytes.Buffer
			if err := p.Write(&a, f); err != nil {
				t.Fatal(err)
			}
			if err := second[kind].Write(&b, f); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s has other bytes as %s when it is drawn again", kind, f)
			}
			if f == SVG && kind != "grid" && !strings.Contains(a.String(), "<text") {
				t.Errorf("%s: the text of an SVG is no text", kind)
			}
			if text := a.String(); strings.Count(text, "<image ") != strings.Count(text, `<image preserveAspectRatio="none" `) {
				t.Errorf("%s: an image does not fill its place, such as that of a bar of colours", kind)
			}
		}
	}
}

// centre returns the middle of the pixels of a colour.
func centre(m image.Image, want color.NRGBA) (x, y float64, n int) {
	for j := range m.Bounds().Dy() {
		for i := range m.Bounds().Dx() {
			if color.NRGBAModel.Convert(m.At(i, j)).(color.NRGBA) == want {
				x, y, n = x+float64(i)+0.5, y+float64(j)+0.5, n+1
			}
		}
	}
	return x / float64(n), y / float64(n), n
}

// TestPlaces: points are drawn where they are, and a unit is as long on one axis as on the other.
func TestPlaces(t *testing.T) {
	bounds := Bounds{0, 10, 0, 8}
	at := func(x, y float64) (float64, float64) {
		p, err := Scatter(Plane{Bounds: bounds}, Points{X: kernels.Matrix64{Rows: 1, Cols: 2, Stride: 2, Data: []float64{x, y}}})
		if err != nil {
			t.Fatal(err)
		}
		m := p.Image()
		i, j, n := centre(m, color.NRGBA{R: 25, G: 128, B: 186, A: 255})
		left, right := m.Bounds().Dx(), 0 // the frame, as far as it is seen in the row below the point
		for k := range m.Bounds().Dx() {
			if c := color.NRGBAModel.Convert(m.At(k, int(j)+20)).(color.NRGBA); c.R < 150 && c.R == c.B {
				left, right = min(left, k), max(right, k)
			}
		}
		if want := float64(left) + x/10*float64(right-left); math.Abs(i-want) > 3 {
			t.Errorf("the point %v, %v is at %v, want %v between %d and %d", x, y, i, want, left, right)
		}
		if n < 20 {
			t.Fatalf("%d pixels have the colour of the point %v, %v", n, x, y)
		}
		return i, j
	}
	x0, y0 := at(2, 2)
	x1, y1 := at(8, 2)
	x2, y2 := at(2, 6)
	unit := (x1 - x0) / 6
	if math.Abs(y1-y0) > 1 || math.Abs(x2-x0) > 1 || math.Abs((y0-y2)/4-unit) > 0.5 || unit < 40 {
		t.Errorf("points are at %v,%v and %v,%v and %v,%v", x0, y0, x1, y1, x2, y2)
	}
}

// TestLegendMarks: the marks of the legend can be seen beside small dots.
func TestLegendMarks(t *testing.T) {
	p, err := Scatter(Plane{Bounds: Bounds{1, 2, 1, 2}}, Points{Name: "samples", X: kernels.NewMatrix64(20_000, 2)},
		Points{Name: "true", X: kernels.NewMatrix64(10, 2), True: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []color.NRGBA{blue, trueColor} {
		top := p.Image().(*image.RGBA).SubImage(image.Rect(0, 0, 1e4, 60))
		if _, _, n := centre(top, c); n < 100 {
			t.Errorf("a mark of the colour %v has %d pixels", c, n)
		}
	}
}

// TestFieldColours: the field's background is the density, and the greatest has the last colour.
func TestFieldColours(t *testing.T) {
	mixture, err := smld.NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 2), []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	o := FieldOptions{Plane: Plane{Bounds: Bounds{-4, 4, -4, 4}}, Density: mixture}
	o.aspect = 1
	m := o.density(0.5)
	size := m.Bounds().Dx()
	for _, c := range []struct{ x, part float64 }{{0, 1}, {1, math.Exp(-0.4)}, {2, math.Exp(-1.6)}, {3.9, 0}} {
		got := m.At(int((c.x+4)/8*float64(size)), size/2).(color.NRGBA)
		want := viridis.at(c.part)
		for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
			if d < -8 || d > 8 {
				t.Errorf("at %v the colour is %v, want about %v", c.x, got, want)
			}
		}
	}
	arrows := o.arrows(mixture, 1)
	for _, a := range arrows { // sigma^2 score = -x/2
		if math.Abs(a.dx+a.x/2) > 1e-5 || math.Abs(a.dy+a.y/2) > 1e-5 {
			t.Fatalf("the arrow at %v,%v is %v,%v", a.x, a.y, a.dx, a.dy)
		}
	}
}

// TestGridValues: images have their levels and colours, in their places.
func TestGridValues(t *testing.T) {
	x := kernels.Matrix64{Rows: 3, Cols: 6, Stride: 6, Data: make([]float64, 18)}
	for i, v := range []float64{-1, 0, 1} {
		for j := range 6 {
			x.Row(i)[j] = v
		}
	}
	f := tinyImages(1)
	f.Columns = 2
	p, err := Grid(x, f)
	if err != nil {
		t.Fatal(err)
	}
	cell := f.cell()
	for i, want := range []uint32{0, 128, 255} {
		at := image.Pt(imageGap+i%2*cell.X+10, imageGap+i/2*cell.Y+10)
		if grey, _, _, _ := p.Image().At(at.X, at.Y).RGBA(); grey>>8 != want {
			t.Errorf("image %d is of grey %d, want %d", i, grey>>8, want)
		}
	}
	for _, first := range []bool{false, true} {
		f := tinyImages(3)
		f.ChannelsFirst = first
		rows := kernels.NewMatrix64(1, 18)
		for i := range rows.Data {
			rows.Data[i] = -1
		}
		rows.Row(0)[f.At(1, 2, 2)] = 1 // the last pixel is blue
		p, err := Grid(rows, f)
		if err != nil {
			t.Fatal(err)
		}
		size := p.Image().Bounds().Size()
		if c := color.NRGBAModel.Convert(p.Image().At(size.X-imageGap-4, size.Y-imageGap-4)).(color.NRGBA); c.B < 200 || c.R > 20 || c.A != 255 {
			t.Errorf("the last pixel is %v, want blue", c)
		}
	}
}

// TestAnimations: frames, their times and their pixels survive as GIF, which begins anew without end.
func TestAnimations(t *testing.T) {
	flow, err := Flow(wayTo(2, 1), Plane{}, normals(2000, 2, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	emerging, err := Emerge(wayTo(6, 0.5), tinyImages(1))
	if err != nil {
		t.Fatal(err)
	}
	colours, err := Emerge(wayTo(18, 0.5), tinyImages(3))
	if err != nil {
		t.Fatal(err)
	}
	for kind, a := range map[string]*Animation{"flow": flow, "emerging": emerging, "emerging in colour": colours} {
		path := filepath.Join(t.TempDir(), "a.gif")
		if err := a.Save(path); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := a.Write(&again, GIF); err != nil || !bytes.Equal(text, again.Bytes()) {
			t.Errorf("%s has other bytes when it is written again, %v", kind, err)
		}
		g, err := gif.DecodeAll(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		last := len(g.Delay) - 1
		if last+1 != a.Frames() || last < 2 || g.LoopCount != 0 || g.Delay[0] != a.delay || g.Delay[last] != restTime {
			t.Errorf("%s has %d frames of %d for %v, and the loop %d", kind, len(g.Image), a.Frames(), g.Delay, g.LoopCount)
		}
		shown := image.NewNRGBA(a.Image(0).Bounds())
		for i, frame := range g.Image {
			for y := frame.Rect.Min.Y; y < frame.Rect.Max.Y; y++ {
				for x := frame.Rect.Min.X; x < frame.Rect.Max.X; x++ {
					if c := frame.At(x, y); color.NRGBAModel.Convert(c).(color.NRGBA).A > 0 {
						shown.Set(x, y, c)
					}
				}
			}
			if far := farthest(shown, a.Image(i)); far > 60 {
				t.Errorf("%s: frame %d differs by %d of 255", kind, i, far)
			}
		}
	}
}

// farthest returns the largest difference of a channel.
func farthest(a, b image.Image) int {
	far := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			p, q := color.NRGBAModel.Convert(a.At(x, y)).(color.NRGBA), color.NRGBAModel.Convert(b.At(x, y)).(color.NRGBA)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				far = max(far, d, -d)
			}
		}
	}
	return far
}

// TestWithin: a way begins when most of the points are in the picture.
func TestWithin(t *testing.T) {
	w := wayTo(2, 1).within(Bounds{-2.5, 2.5, -2.5, 2.5})
	if len(w.Sigmas) != 4 || w.Sigmas[0] != 1 {
		t.Errorf("the way begins with the levels %v", w.Sigmas)
	}
}

// TestTicks: ticks lie at round numbers within an axis, and have labels that tell them apart. Axes without numbers to
// tell apart have few of them, and end.
func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 10, "0 2 4 6 8 10"}, {-0.3, 0.31, "−0.2 0 0.2"}, {1e6, 5e6, "1e6 2e6 3e6 4e6 5e6"}, {0, 3e-5, "0 1e-5 2e-5 3e-5"},
		{1.7e9, 1.7e9 + 8000, "1700000000 1700002000 1700004000 1700006000 1700008000"}, {-2e6, -2e6 + 0.4, "−2000000.0 −1999999.9 −1999999.8 −1999999.7 −1999999.6"},
	} {
		a := axis{low: c.low, high: c.high}
		var labels []string
		for _, tick := range a.numbers(5) {
			labels = append(labels, strings.ReplaceAll(tick.label, "e−", "e-"))
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("from %v to %v: %s, want %s", c.low, c.high, got, c.want)
		}
	}
	for _, a := range []axis{{low: 1e16, high: 1e16 + 2}, {low: -1e308, high: 1e308}, {low: 3, high: 3}} {
		if n := len(a.numbers(5)); n > 20 {
			t.Errorf("%v has %d ticks", a, n)
		}
	}
}

// TestTwoTicks: an axis has two ticks at least, of different labels, whatever it reaches over.
func TestTwoTicks(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	check := func(a axis, length vg.Length, beside bool) {
		t.Helper()
		a.mark(length, beside)
		labels := map[string]bool{}
		for _, tick := range a.ticks {
			labels[tick.label] = true
			if p := a.part(tick.at); !(p >= -1e-6 && p <= 1+1e-6) {
				t.Errorf("%v to %v, log %v: a tick at %v", a.low, a.high, a.log, tick.at)
			}
		}
		if len(labels) < 2 || len(labels) != len(a.ticks) {
			t.Errorf("%v to %v, log %v, %v long: ticks %v", a.low, a.high, a.log, length, a.ticks)
		}
	}
	for range 5_000 {
		scale, length := math.Pow(10, 60*r.Float64()-30), vg.Length(40+400*r.Float64())
		low := scale * (2*r.Float64() - 1)
		check(axis{low: low, high: low + scale*(0.01+r.Float64())}, length, r.IntN(2) == 0)
		low = scale * (0.01 + r.Float64())
		check(axis{low: low, high: low * (1.05 + math.Pow(10, 12*r.Float64()-2)), log: true}, length, r.IntN(2) == 0)
	}
	for _, a := range []axis{{low: -4.5, high: 4.8}, {low: 0.9999, high: 1.0001}, {low: 3, high: 4, log: true}, {low: 1, high: 9, log: true},
		{low: 2, high: 20, log: true}, {low: 1e-30, high: 1e-29}, {low: -0.4, high: 4.9}} {
		for _, length := range []vg.Length{30, 60, 100, 400} {
			check(a, length, false)
			check(a, length, true)
		}
	}
}

// TestWideAxis: a logarithmic axis over more than float64 has as a ratio ends, and an exponent of zero is none.
func TestWideAxis(t *testing.T) {
	a := axis{low: 1e-300, high: 1e300, log: true}
	a.mark(200, true)
	if got := power("1.5e+00"); got != "1.5" {
		t.Errorf("1.5e+00 is %q", got)
	}
}

// TestDistances: distances below images have room without being cut.
func TestDistances(t *testing.T) {
	for d, want := range map[float64]string{0: "0.00", 9.214: "9.21", 13.99: "14.0", 123.4: "123", 1234: "1e3", 3.21e-12: "3e−12"} {
		width := points(readableImage)
		got, size := distanceText(d, width)
		if got != want || textWidth(got, size) > width*1.001 || size < tickSize/2 {
			t.Errorf("%v is %q in size %v, want %q", d, got, size, want)
		}
	}
}

// TestWholeNumbers: numbers that are equally frequent have bars of one height, whatever their range is, and the bars hold
// all of them.
func TestWholeNumbers(t *testing.T) {
	for _, numbers := range []int{1, 2, 10, 30, 31, 45, 60, 90} {
		x := kernels.NewMatrix64(numbers*20, 1)
		for i := range x.Rows {
			x.Row(i)[0] = float64(i%numbers - 7)
		}
		p := newPairColumn(dataset.Column{Kind: dataset.Integer}, 0, dress([]Points{{X: x}}), vg.Inch)
		b := p.bins()
		shares := p.histogram(x, b)
		sum := 0.0
		for i, share := range shares {
			if sum += share; i < len(shares)-1 && math.Abs(share-shares[0]) > 1e-9 || share > shares[0]+1e-9 {
				t.Errorf("of %d numbers bar %d of %d has the share %v, and the first %v", numbers, i, len(shares), share, shares[0])
			}
		}
		if math.Abs(sum-1) > 1e-9 || p.low > -7.5 || p.high < float64(numbers)-7.5 {
			t.Errorf("%d numbers have bars of %v between %v and %v", numbers, sum, p.low, p.high)
		}
	}
}

// TestLongCategories: names that have no room beside each other stand upright, with their beginnings and ends.
func TestLongCategories(t *testing.T) {
	names := []string{"a category with a long name", "another with a long name", "short", "one more category", "the last one"}
	p := newPairColumn(dataset.Column{Kind: dataset.Category, Categories: names}, 0, nil, vg.Inch)
	if !p.below.upright || p.upright {
		t.Error("long names do not stand upright along the lower edge, or do along the left one")
	}
	for i, tick := range p.below.ticks {
		if len([]rune(tick.label)) < min(8, len(names[i])) {
			t.Errorf("%q is cut to %q", names[i], tick.label)
		}
	}
	if p = newPairColumn(dataset.Column{Kind: dataset.Category, Categories: []string{"a", "b"}}, 0, nil, vg.Inch); p.below.upright {
		t.Error("short names stand upright")
	}
}

// TestGreys: a PNG has the pixels of the picture, and those of grey images are greys.
func TestGreys(t *testing.T) {
	for kind, p := range everyKind(t, 1, "name") {
		var b bytes.Buffer
		if err := p.Write(&b, PNG); err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(&b)
		if err != nil || farthest(m, p.Image()) != 0 {
			t.Errorf("%s: the PNG has other pixels than the picture, %v", kind, err)
		}
		if _, grey := m.(*image.Gray); grey != strings.HasSuffix(kind, "grid") {
			t.Errorf("%s: whether the PNG is of greys is %v", kind, grey)
		}
	}
}

// TestLetters: letters that the font has not are boxes, and not nothing.
func TestLetters(t *testing.T) {
	if got := boxed("größe, λ, Ж, − 名前"); got != "größe, λ, Ж, − □□" {
		t.Errorf("the text is %q", got)
	}
	if width := textWidth("名前", tickSize); width < tickSize {
		t.Errorf("two letters are %v wide", width)
	}
	p, err := Scatter(Plane{Title: "名前"}, Points{X: normals(3, 2, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	if got := fitted(strings.Repeat("ab", 1_000_000)+"z", tickSize, vg.Inch); !strings.HasPrefix(got, "aba") || !strings.HasSuffix(got, "z") {
		t.Errorf("a very long text is cut to %q", got)
	}
	var b bytes.Buffer
	if err := p.Write(&b, SVG); err != nil || !strings.Contains(b.String(), ">名前</text>") {
		t.Errorf("an SVG has not the letters themselves, %v", err)
	}
}

// TestFarAway: points that are far from zero, such as times of one day in seconds, keep their distances.
func TestFarAway(t *testing.T) {
	day := normals(300, 2, 1.7e9, 3600)
	b := around(Points{X: day})
	if width := b.XHigh - b.XLow; width < 2*3600 || width > 12*3600 {
		t.Errorf("the plot is %v wide, want some hours", width)
	}
}

// TestMoments: the moments of held-out losses that are drawn are few, the last among them.
func TestMoments(t *testing.T) {
	var all []HeldOutLosses
	for step := 100; step <= 3000; step += 100 {
		all = append(all, HeldOutLosses{Step: step})
	}
	var steps []int
	for _, m := range spacedMoments(all) {
		steps = append(steps, m.Step)
	}
	if want := []int{100, 300, 1000, 3000}; !slices.Equal(steps, want) {
		t.Errorf("the moments are %v, want %v", steps, want)
	}
}

// TestErrors: what cannot be drawn is a sentence.
func TestErrors(t *testing.T) {
	nan := normals(3, 2, math.NaN(), 1)
	three := normals(3, 3, 0, 1)
	eight, err := smld.NamedMixture("8gaussians")
	if err != nil {
		t.Fatal(err)
	}
	numbers := []dataset.Column{{Kind: dataset.Number}, {Kind: dataset.Number}}
	for want, draw := range map[string]func() error{
		"want one or more points": func() error { _, err := Scatter(Plane{}, Points{X: three}); return err },
		"value 1 of row 1 is NaN": func() error { _, err := Scatter(Plane{}, Points{X: nan}); return err },
		"no panels":               func() error { _, err := Scatters(nil, Plane{}); return err },
		"no panel has any":        func() error { _, err := Scatter(Plane{}); return err },
		"2 columns from 3 rows":   func() error { _, err := Pairs(numbers, Points{X: three}); return err },
		"there are none":          func() error { _, err := Pairs(nil); return err },
		"images: there are none":  func() error { _, err := Grid(kernels.Matrix64{}, tinyImages(1)); return err },
		"6 values from rows of 3": func() error { _, err := Grid(three, tinyImages(1)); return err },
		"1 or 3":                  func() error { _, err := Grid(three, tinyImages(2)); return err },
		"as many of each": func() error {
			_, err := Neighbours(normals(2, 6, 0, 1), normals(2, 6, 0, 1), nil, tinyImages(1))
			return err
		},
		"without a noise level": func() error { _, err := Field(eight, nil, FieldOptions{}); return err },
		"want one above zero": func() error {
			_, err := Field(eight, []float32{0}, FieldOptions{Plane: Plane{Bounds: Bounds{0, 1, 0, 1}}})
			return err
		},
		"less than two moments": func() error { _, err := Trajectories(&Way{}, Plane{}); return err },
		"want as many as at":    func() error { _, err := Flow(wayTo(3, 1), Plane{}, kernels.Matrix64{}); return err },
		"no step with a finite": func() error { _, err := Loss([]LossPoint{{Loss: math.Inf(1)}}, "", ""); return err },
		"1 noise levels and 0":  func() error { _, err := HeldOut([]HeldOutLosses{{1, []float64{1}, nil}}); return err },
		"there is no chart":     func() error { _, err := Curves(); return err },
		"a chart has none":      func() error { _, err := Curves(Chart{}); return err },
		"1 values over 2": func() error {
			_, err := Curves(Chart{Series: []Series{{"a", []float64{1, 2}, []float64{1}}}})
			return err
		},
		"-1 has no place on": func() error {
			_, err := Curves(Chart{XLog: true, Series: []Series{{"a", []float64{-1}, []float64{1}}}})
			return err
		},
		"none that are finite": func() error { _, err := HeldOut(nil); return err },
		"low ends below": func() error {
			_, err := Scatter(Plane{Bounds: Bounds{1, 1, 0, 2}}, Points{X: normals(2, 2, 0, 1)})
			return err
		},
		"and finite ones": func() error {
			_, err := Scatter(Plane{}, Points{X: kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{-1e308, 0, 1e308, 1}}})
			return err
		},
		"end it in .png":  func() error { _, err := FormatOf("x.jpg"); return err },
		"does not move":   func() error { return (&Picture{}).Write(nil, GIF) },
		"an animation is": func() error { return (&Animation{}).Write(nil, PNG) },
	} {
		if err := draw(); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("the error is %v, want %q", err, want)
		}
	}
}
