package compare

// vector is a function on slices: its name, what its arguments are drawn from, and its scalar.
type vector struct {
	name      string
	fill32    draw[float32]
	fill64    draw[float64]
	deviation float64
	scalar    float64
	// inPlace says that destination and argument are one slice.
	inPlace bool
}

// A row of functions that are no routines of BLAS is added here; a peer's function for it, in its Functions.
var vectorList = []vector{
	{name: "sum", fill32: normals[float32], fill64: normals[float64], deviation: 1},
	{name: "max", fill32: normals[float32], fill64: normals[float64], deviation: 1},
	{name: "argmax", fill32: normals[float32], fill64: normals[float64], deviation: 1},
	{name: "exp", fill32: normals[float32], fill64: normals[float64], deviation: 4},
	{name: "log", fill32: positives[float32], fill64: positives[float64], deviation: 4},
	{name: "tanh", fill32: normals[float32], fill64: normals[float64], deviation: 2},
	{name: "sigmoid", fill32: normals[float32], fill64: normals[float64], deviation: 4},
	{name: "sqrt", fill32: positives[float32], fill64: positives[float64], deviation: 4},
}

// vectors are the properties of functions by name, those for the rows of level 1 included.
var vectors = func() map[string]vector {
	named := map[string]vector{
		"axpy": {scalar: axpyBy},
		"scal": {scalar: scaleBy, inPlace: true},
	}
	for _, r := range level1List {
		v := named[r.name]
		v.name = r.name
		named[r.name] = v
	}
	for _, v := range vectorList {
		named[v.name] = v
	}
	return named
}()

func vectorRows() []Row {
	var singles, doubles []Row
	for _, v := range vectorList {
		singles = append(singles, Row{v.name, "functions", vectorSizes, rowsOf32,
			newPair(v.fill32, v.deviation),
			func(p Peer, operands any) task {
				o := operands.(*pair[float32])
				return task{run: v.bind32(p, o), result: o.result}
			}})
		doubles = append(doubles, Row{v.name, "functions", vectorSizes, rowsOf64,
			newPair(v.fill64, v.deviation),
			func(p Peer, operands any) task {
				o := operands.(*pair[float64])
				return task{run: v.bind64(p, o), result: o.result}
			}})
	}
	return append(singles, doubles...)
}

func (v vector) bind32(p Peer, o *pair[float32]) func(times int) {
	return bind(p.Functions32[v.name], v, o)
}

func (v vector) bind64(p Peer, o *pair[float64]) func(times int) {
	return bind(p.Functions64[v.name], v, o)
}
