package dataset

import (
	"encoding/binary"
	"math"
)

// badArrays are .npy files that must be refused, each with words that the error must have.
func badArrays() []badFile {
	little := binary.LittleEndian
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	return []badFile{
		{"npy of 7 bytes", "a.npy", []byte("\x93NUMPY\x01"), "ends inside the header, at byte 7"},
		{"npy of 9 bytes", "a.npy", []byte("\x93NUMPY\x01\x00\x05"), "ends inside the header, at byte 9"},
		{"npy 2.0 of 11 bytes", "a.npy", []byte("\x93NUMPY\x02\x00\x05\x00\x00"), "ends inside the header, at byte 11"},
		{"npy without magic", "a.npy", []byte("\x93NUMPX\x01\x00"), "not a .npy file"},
		{"npy version", "a.npy", []byte("\x93NUMPY\x04\x00\x05\x00\x00\x00{}"), "version 4.0"},
		{"npy header past the end", "a.npy", []byte("\x93NUMPY\x02\x00\xff\xff\xff\xff{}"),
			"should have 4294967295 bytes, but only 2"},
		{"npy garbage header", "a.npy", npyFile("hello world"), "from byte 10 of the file on: want '{', have \"hello world\""},
		{"npy empty header", "a.npy", npyFile(""), "want '{', have the end of the header"},
		{"npy empty dictionary", "a.npy", npyFile("{}"), "must all be there"},
		{"npy missing key", "a.npy", npyFile("{'descr': '<f4', 'shape': (1,)}"), "must all be there"},
		{"npy twice", "a.npy", npyFile("{'descr': '<f4', 'descr': '<f4'}"), "there twice"},
		{"npy unknown key", "a.npy", npyFile("{'order': 'C'}"), `byte 11 of the file on: the key "order"`},
		{"npy open string", "a.npy", npyFile("{'descr"), "does not end"},
		{"npy no string", "a.npy", npyFile("{descr"), "want a string"},
		{"npy no colon", "a.npy", npyFile("{'descr' '<f4'}"), "want ':'"},
		{"npy no comma", "a.npy", npyFile("{'descr': '<f4' 'shape': (1,)}"), "want '}'"},
		{"npy no boolean", "a.npy", npyFile("{'fortran_order': 1}"), "want True or False"},
		{"npy no tuple", "a.npy", npyFile("{'shape': 3}"), "want '('"},
		{"npy no dimension", "a.npy", npyFile("{'shape': (x,)}"), "want a dimension"},
		{"npy dimensions without comma", "a.npy", npyFile("{'shape': (1 2)}"), "want ','"},
		{"npy after the dictionary", "a.npy", npyOf("<f4", "(1,), } (2,)"), "follows the dictionary"},
		{"npy records", "a.npy", npyFile("{'descr': [('x', '<f4')]}"), "are records; if all of their fields are numbers, save them as columns, " +
			"numpy.lib.recfunctions.structured_to_unstructured(x, 'float64')"},
		{"npy records in short", "a.npy", npyOf("i4,f4", "(1,)"), "are records; if all"},
		{"npy complex", "a.npy", npyOf("<c8", "(1,)", make([]byte, 8)...), "complex numbers (\"<c8\"); save their real"},
		{"npy objects", "a.npy", npyOf("|O", "(1,)", make([]byte, 8)...), "Python objects (\"|O\"); if they are numbers"},
		{"npy texts", "a.npy", npyOf("<U3", "(1,)", make([]byte, 12)...), "texts (\"<U3\"); if they are numbers"},
		{"npy byte texts", "a.npy", npyOf("|S3", "(1,)", make([]byte, 3)...), "texts (\"|S3\"); if they are numbers"},
		{"npy dates", "a.npy", npyOf("<M8[ns]", "(1,)", make([]byte, 8)...), "dates (\"<M8[ns]\"); save numbers"},
		{"npy spans", "a.npy", npyOf("<m8[D]", "(1,)", make([]byte, 8)...), "spans of time"},
		{"npy void", "a.npy", npyOf("|V8", "(1,)", make([]byte, 8)...), "save x.view('float64')"},
		{"npy bfloat16", "a.npy", npyOf("<V2", "(1,)", make([]byte, 2)...), "if they were bfloat16"},
		{"npy long floats", "a.npy", npyOf("<f16", "(1,)", make([]byte, 16)...), "save x.astype('float64')"},
		{"npy float of 3 bytes", "a.npy", npyOf("<f3", "(1,)", 0, 0, 0), `type "<f3", which is none of NumPy's`},
		{"npy nonsense", "a.npy", npyOf("x4", "(1,)", 0, 0, 0), `type "x4", which is none of NumPy's`},
		{"npy name with an order", "a.npy", npyOf("<float32", "(1,)", 0, 0, 0, 0), "none of NumPy's"},
		{"npy without type", "a.npy", npyOf("", "(1,)", 0, 0, 0, 0), "none of NumPy's"},
		{"npy two unknown", "a.npy", npyOf("<f4", "(-1, -1)", 0, 0, 0, 0), "two dimensions of the shape are -1"},
		{"npy unknown that does not fit", "a.npy", npyOf("|u1", "(-1, 2, 3)", 0, 1, 2, 3, 4, 5, 6), "7 elements, which do not fill"},
		{"npy unknown of nothing", "a.npy", npyOf("|u1", "(-1, 0)", 0), "1 elements, which do not fill"},
		{"npy unknown of the huge", "a.npy", npyOf("|u1", "(-1, 4611686018427387904, 8)", 0), "do not fill"},
		{"npy unknown rows", "a.npy", npyOf("<f4", "(-1, 1)"), "0 elements, which do not fill"},
		{"npy scalar", "a.npy", npyOf("<f4", "()", 0, 0, 0, 0), "shape ()"},
		{"npy negative", "a.npy", npyOf("<f4", "(-2, 4)", 0), "dimension is negative"},
		{"npy more negative", "a.npy", npyOf("<f4", "(-10, 4)", 0), "dimension is negative"},
		{"npy huge", "a.npy", npyOf("<f4", "(99999999999999999999,)", 0), "dimension is too large"},
		{"npy overflow", "a.npy", npyOf("<f4", "(4611686018427387904, 4)"), "too large for any file"},
		{"npy without rows", "a.npy", npyOf("<f4", "(0, 4)"), "no rows"},
		{"npy without columns", "a.npy", npyOf("<f4", "(4, 0)"), "no columns"},
		{"npy truncated", "a.npy", npyOf("<f8", "(2, 2)", make([]byte, 31)...), "32 bytes in all, but only 31 follow"},
		{"npy lying", "a.npy", npyOf("|u1", "(9000000000, 100)", 1, 2), "truncated"},
		{"npy Inf", "a.npy", npyOf("<f4", "(1, 3)", floats(little, 1, inf, 3)...), "row 1, column 2: the value is +Inf"},
		{"npy Fortran NaN", "a.npy",
			npyFile("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", floats(little, 1, 2, 3, 4, nan, 6)...),
			"row 1, column 3: the value is NaN"},
	}
}
