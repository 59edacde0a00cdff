package kernels

import "math"

// sliceRows are the rows of the kernels on slices of one length.
var sliceRows = []row{
	{name: "Noise.Fill", kernel: "fillNoiseGroups",
		call:    func(o operands) { o.noise.Fill(o.x[0], o.at) },
		formula: func(e element) (float64, float64) { return e.z, math.Abs(e.z) }},
	{name: "Noise.Uniform", kernel: "uniformGroups", values: TestUniformDefinition,
		call: func(o operands) { o.noise.Uniform(o.x[0], o.at) }},
	{name: "AddNoise", kernel: "addNoiseGroups", inPlace: []string{"dst=x"},
		call:    func(o operands) { AddNoise(o.x[0], o.x[1], o.s[0], o.noise, o.at) },
		formula: func(e element) (float64, float64) { return terms(e.x[1], e.s[0]*e.z) }},
	{name: "Langevin", kernel: "langevinGroups",
		call:    func(o operands) { Langevin(o.x[0], o.x[1], o.s[0], o.s[1], o.noise, o.at) },
		formula: func(e element) (float64, float64) { return terms(e.x[0], e.s[0]*e.x[1], e.s[1]*e.z) }},
	{name: "Langevin/no noise", kernel: "drift",
		call:    func(o operands) { Langevin(o.x[0], o.x[1], o.s[0], 0, o.noise, o.at) },
		formula: func(e element) (float64, float64) { return terms(e.x[0], e.s[0]*e.x[1]) }},
	{name: "SiLUWithSlope", kernel: "siluWithSlope", inPlace: []string{"slope=x"}, values: TestSiLUWithSlope,
		call: func(o operands) { SiLUWithSlope(o.x[0], o.x[1], o.x[2]) }},
	{name: "siluOfLayer", kernel: "siluOfLayer", internal: true, values: TestSiLUWithSlope,
		call: func(o operands) { siluOfLayer(o.x[0], o.x[1]) }},
	{name: "hadamard", kernel: "hadamard", internal: true,
		call:    func(o operands) { hadamard(o.x[0], o.x[1]) },
		formula: func(e element) (float64, float64) { return terms(e.x[0] * e.x[1]) }},
	{name: "Adam", kernel: "adam", operands: adamOperandsOf("p", "g", "m", "v"), prepare: squareMoments,
		call:    func(o operands) { Adam(o.x[0], o.x[1], o.x[2], o.x[3], nil, adamStep) },
		formula: func(e element) (float64, float64) { return adamFormula(e), math.Abs(e.x[0]) + 4 }},
	{name: "Adam/with average", kernel: "adamEMA",
		operands: adamOperandsOf("p", "g", "m", "v", "avg"), prepare: squareMoments,
		call:    func(o operands) { Adam(o.x[0], o.x[1], o.x[2], o.x[3], o.x[4], adamStep) },
		formula: func(e element) (float64, float64) { return adamFormula(e), math.Abs(e.x[0]) + 4 }},
	{name: "EMA", kernel: "ema",
		call:    func(o operands) { EMA(o.x[0], o.x[1], o.s[0]) },
		formula: func(e element) (float64, float64) { return terms(e.x[0], e.s[0]*e.x[1], -e.s[0]*e.x[0]) }},
	{name: "Axpby", kernel: "axpby", inPlace: []string{"dst=x", "dst=y"},
		call:    func(o operands) { Axpby(o.x[0], o.s[0], o.x[1], o.s[1], o.x[2]) },
		formula: func(e element) (float64, float64) { return terms(e.s[0]*e.x[1], e.s[1]*e.x[2]) }},
	{name: "Sqrt", kernel: "sqrt", inPlace: []string{"dst=x"}, values: TestSqrt,
		call: func(o operands) { Sqrt(o.x[0], o.x[1]) }},
	{name: "SumSquares", kernel: "sumSquares", values: TestSumSquares,
		call: func(o operands) { o.setSum(SumSquares(o.x[0])) }},
}

// terms returns the sum of terms and that of their magnitudes.
func terms(x ...float64) (sum, scale float64) {
	for _, v := range x {
		sum += v
		scale += math.Abs(v)
	}
	return sum, scale
}

var adamStep = AdamStep{
	Rate: 1e-3, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Correction1: 10, Correction2: 1000,
	GradScale: 0.7, Decay: 1e-4, Average: 0.01,
}

// adamOperandsOf returns operands of Adam, of which the gradient alone is not written.
func adamOperandsOf(names ...string) []tableOperand {
	var all []tableOperand
	for _, name := range names {
		u := inOut
		if name == "g" {
			u = in
		}
		all = append(all, tableOperand{name, slice, u})
	}
	return all
}

// squareMoments makes second moments of numbers.
func squareMoments(o operands) {
	for i, v := range o.x[3] {
		o.x[3][i] = v * v
	}
}

// adamFormula is the parameter after an update (Kingma and Ba 2015, Algorithm 1, with decoupled weight
// decay).
func adamFormula(e element) float64 {
	s := adamStep
	g := float64(s.GradScale) * e.x[1]
	m := float64(s.Beta1)*e.x[2] + (1-float64(s.Beta1))*g
	v := float64(s.Beta2)*e.x[3] + (1-float64(s.Beta2))*g*g
	d := m * float64(s.Correction1) / (math.Sqrt(v*float64(s.Correction2)) + float64(s.Epsilon))
	return e.x[0] - float64(s.Decay)*e.x[0] - float64(s.Rate)*d
}

// functionRows are the rows of the functions of a network and of their backward passes.
func functionRows() []row {
	var rows []row
	for _, f := range functionAccuracy {
		r := row{
			name: f.name, operands: []tableOperand{{"dst", slice, out}, {"x", slice, in}},
			inPlace: []string{"dst=x"}, values: TestFunctionAccuracy,
		}
		if f.grad != nil {
			r.operands = []tableOperand{{"dst", slice, out}, {"dy", slice, in}, {"x", slice, in}}
			r.inPlace = []string{"dst=dy", "dst=x"}
			r.call = func(o operands) { f.grad(o.x[0], o.x[1], o.x[2]) }
		} else {
			r.call = func(o operands) { f.value(o.x[0], o.x[1]) }
		}
		rows = append(rows, r)
	}
	return rows
}
