package kernels

// slice64Rows are the rows of the kernels on slices of float64.
var slice64Rows = []row64{
	{name: "Axpby64", kernel: "axpby64", inPlace: []string{"dst=x", "dst=y"},
		call:    func(o operands64) { Axpby64(o.x[0], o.s[0], o.x[1], o.s[1], o.x[2]) },
		formula: func(e element) (float64, float64) { return terms(e.s[0]*e.x[1], e.s[1]*e.x[2]) }},
	{name: "Sqrt64", kernel: "sqrt64", inPlace: []string{"dst=x"}, values: TestSqrt,
		call: func(o operands64) { Sqrt64(o.x[0], o.x[1]) }},
	{name: "Exp64", kernel: "exp64", inPlace: []string{"dst=x"}, values: TestFunctions64,
		call: func(o operands64) { Exp64(o.x[0], o.x[1]) }},
	{name: "Log64", kernel: "log64", inPlace: []string{"dst=x"}, values: TestFunctions64,
		call: func(o operands64) { Log64(o.x[0], o.x[1]) }},
	{name: "Sigmoid64", kernel: "sigmoid64", inPlace: []string{"dst=x"}, values: TestFunctions64,
		call: func(o operands64) { Sigmoid64(o.x[0], o.x[1]) }},
	{name: "Tanh64", kernel: "tanh64", inPlace: []string{"dst=x"}, values: TestFunctions64,
		call: func(o operands64) { Tanh64(o.x[0], o.x[1]) }},
	{name: "Noise.Fill64", kernel: "fillNoise64Groups", values: TestNormal64Accuracy,
		call: func(o operands64) { o.noise.Fill64(o.x[0], o.at) }},
	{name: "Noise.Uniform64", kernel: "uniform64Groups", values: TestUniformDefinition,
		call: func(o operands64) { o.noise.Uniform64(o.x[0], o.at) }},
	{name: "noiseWords", kernel: "noiseWordsGroups", internal: true, values: TestSourceWords,
		call: func(o operands64) { wordsInto(o.x[0], o.noise, o.at%groupsToCarry/2) }},
}
