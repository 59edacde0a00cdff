package kernels

// matrixRows are the rows of the kernels on matrices.
var matrixRows = []row{
	{name: "AddNoiseRows", kernel: "perturbRows",
		operands: []tableOperand{{"dst", matrix, out}, {"x", matrix, in}, {"sigma", perRow, in}},
		inPlace:  []string{"dst=x"},
		call:     func(o operands) { AddNoiseRows(o.m[0], o.m[1], o.v[0], o.noise, o.at) },
		formula:  func(e element) (float64, float64) { return terms(e.m[1], e.v[0]*e.z) }},
	{name: "PerturbRows", kernel: "perturbRows", inPlace: []string{"dst=x"},
		call: func(o operands) { PerturbRows(o.m[0], o.m[1], o.c[0], o.v[0], o.v[1], o.noise, o.at) },
		formula: func(e element) (float64, float64) {
			return terms(e.v[1]*e.m[1], -e.v[1]*e.c[0], e.v[1]*e.v[0]*e.z)
		}},
	{name: "PerturbRows/no shift", kernel: "perturbRows",
		operands: []tableOperand{{"dst", matrix, out}, {"x", matrix, in}, {"sigma", perRow, in}},
		inPlace:  []string{"dst=x"},
		call:     func(o operands) { PerturbRows(o.m[0], o.m[1], nil, o.v[0], nil, o.noise, o.at) },
		formula:  func(e element) (float64, float64) { return terms(e.m[1], e.v[0]*e.z) }},
	{name: "ScaleRows", kernel: "perturbRows",
		operands: []tableOperand{
			{"dst", matrix, out}, {"x", matrix, in}, {"shift", perColumn, in}, {"scale", perRow, in},
		},
		inPlace: []string{"dst=x"},
		call:    func(o operands) { ScaleRows(o.m[0], o.m[1], o.c[0], o.v[0]) },
		formula: func(e element) (float64, float64) { return terms(e.v[0]*e.m[1], -e.v[0]*e.c[0]) }},
	{name: "LangevinRows", kernel: "langevinRows",
		call:    func(o operands) { LangevinRows(o.m[0], o.m[1], o.v[0], o.v[1], o.noise, o.at) },
		formula: func(e element) (float64, float64) { return terms(e.m[0], e.v[0]*e.m[1], e.v[1]*e.z) }},
	{name: "LangevinRows/no noise", kernel: "combineRows",
		operands: []tableOperand{{"x", matrix, inOut}, {"score", matrix, in}, {"drift", perRow, in}},
		call:     func(o operands) { LangevinRows(o.m[0], o.m[1], o.v[0], nil, o.noise, o.at) },
		formula:  func(e element) (float64, float64) { return terms(e.m[0], e.v[0]*e.m[1]) }},
	{name: "CombineRows", kernel: "combineRows", inPlace: []string{"dst=x", "dst=y"},
		call:    func(o operands) { CombineRows(o.m[0], o.m[1], o.m[2], o.v[0], o.v[1]) },
		formula: func(e element) (float64, float64) { return terms(e.v[0]*e.m[1], e.v[1]*e.m[2]) }},
	{name: "SumSquaresRows", kernel: "addSquares",
		operands: []tableOperand{{"ofX", perRow, out}, {"ofNoise", perRow, out}, {"x", matrix, in}},
		values:   TestRowSums,
		call:     func(o operands) { SumSquaresRows(o.v[0], o.v[1], o.m[0], o.noise, o.at) }},
	{name: "SumSquaresRows/x alone", kernel: "addSquares",
		operands: []tableOperand{{"ofX", perRow, out}, {"x", matrix, in}},
		values:   TestRowSums,
		call:     func(o operands) { SumSquaresRows(o.v[0], nil, o.m[0], o.noise, o.at) }},
	{name: "MatchScoreRows", kernel: "matchScore", inPlace: []string{"df=f"},
		operands: []tableOperand{
			{"df", matrix, out}, {"loss", perRow, out}, {"y", matrix, in}, {"f", matrix, in},
			{"Input", perRow, in}, {"Output", perRow, in}, {"Gradient", perRow, in},
		},
		call: func(o operands) {
			factors := ScoreFactors{o.v[1], o.v[2], o.v[3]}
			MatchScoreRows(o.m[0], o.v[0], o.m[1], o.m[2], factors, o.noise, o.at)
		},
		formula: func(e element) (float64, float64) {
			return terms(e.v[3]*e.v[1]*e.m[1], e.v[3]*e.v[2]*e.m[2], e.v[3]*e.z)
		}},
	{name: "SoftmaxRows", kernel: "expRows",
		operands: []tableOperand{{"dst", matrix, out}, {"x", matrix, in}}, inPlace: []string{"dst=x"},
		values: TestSoftmaxRows,
		call:   func(o operands) { SoftmaxRows(o.m[0], o.m[1]) }},
	{name: "maxRows", kernel: "maxRows", internal: true, values: TestSoftmaxRows,
		call: func(o operands) { maxRows(o.v[0], o.m[0]) }},
	{name: "expRows", kernel: "expRows", internal: true, inPlace: []string{"dst=x"}, values: TestSoftmaxRows,
		call: func(o operands) { expRows(o.m[0], o.m[1], o.v[0], o.v[1]) }},
	{name: "divideRows", kernel: "divideRows", internal: true,
		call:    func(o operands) { divideRows(o.m[0], o.v[0]) },
		formula: func(e element) (float64, float64) { return terms(e.m[0] / e.v[0]) }},
	{name: "AddRows", kernel: "addRows", values: TestSumRowsOrder,
		call: func(o operands) { AddRows(o.c[0], o.m[0]) }},
	{name: "SumColumns", kernel: "addRows",
		operands: []tableOperand{{"dst", perColumn, out}, {"a", matrix, in}},
		values:   TestSumRowsOrder,
		call:     func(o operands) { SumColumns(o.c[0], o.m[0]) }},
}
