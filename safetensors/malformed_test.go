package safetensors

import (
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/hostile"
)

// file puts a header of the right length before data.
func file(header, data string) []byte {
	return append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header+data...)
}

// tensorHeader is a header with one tensor, w.
func tensorHeader(dtype, shape string, begin, end int) string {
	return fmt.Sprintf(`{"w":{"dtype":%q,"shape":%s,"data_offsets":[%d,%d]}}`, dtype, shape, begin, end)
}

// two is a header with the F32 vectors a and b, which is followed by data.
func two(a, b string, dimA, dimB int) string {
	return fmt.Sprintf(`{"a":{"dtype":"F32","shape":[%d],"data_offsets":[%s]},`+
		`"b":{"dtype":"F32","shape":[%d],"data_offsets":[%s]}}`, dimA, a, dimB, b)
}

func TestDecodeMalformed(t *testing.T) {
	const notOne = "it is not a safetensors file"
	eight := strings.Repeat("\x00", 8)
	good := `{"dtype":"F32","shape":[2],"data_offsets":[0,8]}`
	for _, test := range []struct {
		name    string
		content []byte
		wants   []string
	}{
		{"empty", nil, []string{"it has 0 bytes", "truncated"}},
		{"seven bytes", []byte("\x02\x00\x00\x00\x00\x00\x00"), []string{"it has 7 bytes", "truncated"}},
		{"only a length", file("", "")[:8], []string{"does not begin with '{' at byte 8", notOne}},
		{"text", []byte("Hello, world, I am text"), []string{"the header length at byte 0 is 8583909746840200520", notOne}},
		{"length of all ones", []byte("\xff\xff\xff\xff\xff\xff\xff\xff{}"),
			[]string{"the header length at byte 0 is 18446744073709551615", "100000000", notOne}},
		{"length just too long", []byte("\x01\xe1\xf5\x05\x00\x00\x00\x00{}"),
			[]string{"the header length at byte 0 is 100000001", notOne}},
		{"length after the end", []byte("\x00\xe1\xf5\x05\x00\x00\x00\x00{}"),
			[]string{"the header ends at byte 100000008, after the end of the file at byte 10"}},
		{"header truncated", file(tensorHeader("F32", "[2]", 0, 8), eight)[:30],
			[]string{"after the end of the file at byte 30", "truncated"}},

		{"leading space", file(` {}`, ""), []string{"does not begin with '{' at byte 8"}},
		{"array", file(`[]`, ""), []string{"does not begin with '{' at byte 8"}},
		{"not JSON", file(`{"w":oops}`, ""), []string{"not valid JSON at byte 14", "'o'"}},
		{"unfinished JSON", file(`{"w":{"dtype":"F32"`, ""), []string{"not valid JSON at byte 27"}},
		{"two values", file(`{}{}`, ""), []string{"not valid JSON at byte 11"}},
		{"padding of zeros", file("{}\x00\x00", ""), []string{"not valid JSON at byte 11"}},
		{"NaN", file(tensorHeader("F32", "[NaN]", 0, 4), eight), []string{"not valid JSON"}},
		{"too deep", file(`{"a":`+strings.Repeat("[", 100_000), ""), []string{"not valid JSON", "depth"}},
		{"not UTF-8", file("{\"a\xff\":"+good+"}", eight), []string{"not valid Unicode at byte 11"}},
		{"surrogate in UTF-8", file("{\"a\xed\xa0\x80\":"+good+"}", eight), []string{"not valid Unicode at byte 11"}},
		{"high surrogate alone", file(`{"a\ud83d":`+good+`}`, eight), []string{"not valid Unicode at byte 11"}},
		{"high surrogate twice", file(`{"a\ud83d\ud83d":`+good+`}`, eight), []string{"not valid Unicode at byte 11"}},
		{"low surrogate alone", file(`{"\\\n\ude42":`+good+`}`, eight), []string{"not valid Unicode at byte 14"}},
		{"high surrogate at the end", file(`{"__metadata__":{"a":"\ud83d"}}`, ""), []string{"not valid Unicode"}},

		{"duplicate tensor", file(`{"w":`+good+`,"w":`+good+`}`, eight), []string{`"w" occurs twice`}},
		{"duplicate tensor by escape", file(`{"w":`+good+`,"\u0077":`+good+`}`, eight), []string{`"w" occurs twice`}},
		{"duplicate metadata", file(`{"__metadata__":{},"__metadata__":{}}`, ""), []string{`"__metadata__" occurs twice`}},
		{"duplicate metadata key", file(`{"__metadata__":{"a":"1","a":"1"}}`, ""),
			[]string{`__metadata__: "a" occurs twice`}},
		{"duplicate field", file(`{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, eight),
			[]string{`tensor "w": "dtype" occurs twice`}},
		{"metadata null", file(`{"__metadata__":null}`, ""), []string{"__metadata__: it is null, want an object"}},
		{"metadata array", file(`{"__metadata__":["a"]}`, ""), []string{`__metadata__: it is ["a"], want an object`}},
		{"metadata number", file(`{"__metadata__":{"a":"b","c":1}}`, ""),
			[]string{`__metadata__: the value of "c" is 1, want a string`}},
		{"metadata value null", file(`{"__metadata__":{"a":null}}`, ""), []string{`the value of "a" is null`}},
		{"metadata value object", file(`{"__metadata__":{"a":{}}}`, ""), []string{`the value of "a" is {}`}},

		{"empty name", file(`{"":`+good+`}`, eight), []string{`tensor "": its name is empty`}},
		{"tensor null", file(`{"w":null}`, ""), []string{`tensor "w": it is null, want an object`}},
		{"tensor array", file(`{"w":["F32",[2],[0,8]]}`, eight), []string{`tensor "w": it is ["F32",`, "want an object"}},
		{"tensor empty", file(`{"w":{}}`, ""), []string{`tensor "w": it has no dtype`}},
		{"no dtype", file(`{"w":{"shape":[2],"data_offsets":[0,8]}}`, eight), []string{`tensor "w": it has no dtype`}},
		{"no shape", file(`{"w":{"dtype":"F32","data_offsets":[0,4]}}`, "1234"),
			[]string{`tensor "w": it has no shape`}},
		{"no offsets", file(`{"w":{"dtype":"F32","shape":[0]}}`, ""), []string{`tensor "w": it has no data_offsets`}},
		{"wrong case", file(`{"w":{"Dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, eight),
			[]string{`tensor "w": it has an unknown field "Dtype"`}},
		{"unknown field", file(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"scale":2}}`, eight),
			[]string{`tensor "w": it has an unknown field "scale"`}},

		{"dtype I64", file(tensorHeader("I64", "[1]", 0, 8), eight),
			[]string{`tensor "w": its dtype is "I64"`, "convert it to F32"}},
		{"dtype unknown", file(tensorHeader("f32", "[2]", 0, 8), eight), []string{`tensor "w": its dtype is "f32"`}},
		{"dtype number", file(`{"w":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}`, eight),
			[]string{`tensor "w": its dtype is 32, want a string`}},
		{"dtype null", file(`{"w":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}`, eight),
			[]string{`tensor "w": its dtype is null, want a string`}},

		{"shape negative", file(tensorHeader("F32", "[-2]", 0, 8), eight), []string{`tensor "w": its shape holds -2`}},
		{"shape minus zero", file(tensorHeader("F32", "[-0]", 0, 0), ""), []string{"its shape holds -0"}},
		{"shape fraction", file(tensorHeader("F32", "[2.0]", 0, 8), eight), []string{"its shape holds 2.0"}},
		{"shape exponent", file(tensorHeader("F32", "[2e0]", 0, 8), eight), []string{"its shape holds 2e0"}},
		{"shape string", file(tensorHeader("F32", `["2"]`, 0, 8), eight), []string{`its shape holds "2"`}},
		{"shape string with comma", file(tensorHeader("F32", `["1,2"]`, 0, 8), eight), []string{`its shape holds "1`}},
		{"shape nested", file(tensorHeader("F32", "[[1,2]]", 0, 8), eight), []string{"its shape holds [1"}},
		{"shape null", file(tensorHeader("F32", "null", 0, 4), "1234"), []string{"its shape is null, want an array"}},
		{"shape number", file(tensorHeader("F32", "2", 0, 8), eight), []string{"its shape is 2, want an array"}},
		{"dimension too large", file(tensorHeader("F32", "[9223372036854775808]", 0, 8), eight),
			[]string{`tensor "w": its shape holds 9223372036854775808`}},
		{"shape overflow", file(tensorHeader("F32", "[2147483647,2147483647,2147483647]", 0, 8), eight),
			[]string{`tensor "w": the product of its shape overflows`}},
		{"shape overflow before zero", file(tensorHeader("F32", "[2147483647,2147483647,2147483647,0]", 0, 0), ""),
			[]string{`tensor "w": the product of its shape overflows`}},
		// 2^62 elements of 4 bytes are 0 bytes modulo 2^64, as are 2^30 modulo 2^32.
		{"size overflow", file(tensorHeader("F32", "[1073741824,1073741824,4]", 0, 0), ""),
			[]string{`tensor "w": the product of its shape overflows`}},
		{"huge", file(tensorHeader("F32", "[500000000]", 0, 2_000_000_000), eight),
			[]string{`tensor "w" ends at data offset 2000000000, after the end of the data at 8`, "truncated"}},
		{"too large for the data", file(tensorHeader("F32", "[3]", 0, 8), eight),
			[]string{`tensor "w": its data_offsets hold 8 bytes, but 3 values of type F32 need 4 each`}},
		{"too small for the data", file(tensorHeader("F16", "[3]", 0, 8), eight), []string{"3 values of type F16 need 2"}},
		{"uneven size", file(tensorHeader("F64", "[0]", 0, 4), "1234"), []string{"hold 4 bytes, but 0 values"}},
		{"scalar without value", file(tensorHeader("F32", "[]", 0, 0), ""), []string{"hold 0 bytes, but 1 values"}},

		{"offsets reversed", file(tensorHeader("F32", "[2]", 8, 0), eight),
			[]string{`tensor "w": its data_offsets end at 0, before they begin at 8`}},
		{"offset negative", file(tensorHeader("F32", "[2]", -8, 0), eight),
			[]string{`tensor "w": its data_offsets holds -8`}},
		{"offset too large", file(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}`, eight),
			[]string{"data_offsets holds 9223372036854775808"}},
		{"one offset", file(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[8]}}`, eight),
			[]string{"its data_offsets are 1 numbers, want 2"}},
		{"no offset", file(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[]}}`, eight), []string{"0 numbers, want 2"}},
		{"three offsets", file(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}`, eight),
			[]string{"3 numbers, want 2"}},
		{"hole at the start", file(tensorHeader("F32", "[1]", 4, 8), eight),
			[]string{`tensor "w" begins at data offset 4, which leaves a hole after 0`}},
		{"hole", file(two("0,4", "8,12", 1, 1), eight+"1234"),
			[]string{`tensor "b" begins at data offset 8, which leaves a hole after 4`}},
		{"overlap", file(two("0,8", "4,12", 2, 2), eight+"1234"),
			[]string{`tensor "b" begins at data offset 4, inside tensor "a", which ends at 8`}},
		{"shared data", file(two("0,8", "0,8", 2, 2), eight), []string{`begins at data offset 0, inside tensor "a"`}},
		{"empty tensor inside another", file(two("0,8", "4,4", 2, 0), eight),
			[]string{`"b" begins at data offset 4, inside`}},
		{"far away", file(two("0,8", "9223372036854775800,9223372036854775804", 2, 1), eight),
			[]string{`tensor "b" begins at data offset 9223372036854775800`, "hole"}},
		{"data truncated", file(tensorHeader("F32", "[2]", 0, 8), eight[:7]),
			[]string{`tensor "w" ends at data offset 8, after the end of the data at 7`, "truncated"}},
		{"data missing", file(tensorHeader("F32", "[2]", 0, 8), ""), []string{"after the end of the data at 0"}},
		{"trailing data", file(tensorHeader("F32", "[2]", 0, 8), eight+"x"),
			[]string{"1 bytes that belong to no tensor follow from byte 70 on"}},
		{"data without tensors", file(`{}`, "abc"), []string{"3 bytes that belong to no tensor follow from byte 10 on"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := decodeBytes(test.content)
			if f != nil {
				t.Errorf("got %v", f)
			}
			checkMessage(t, err, append(test.wants, "cannot read test.st: ")...)
			if n := len(err.Error()); n > 300 {
				t.Errorf("the message has %d bytes", n)
			}
		})
	}
}

// A file cut anywhere must fail, whatever the cut leaves.
func TestDecodeTruncated(t *testing.T) {
	f := example()
	f.Tensors[3] = Tensor{"long", []int{9}, make([]float32, 9)}
	content := encode(t, f)
	for n := range content {
		if _, err := decodeBytes(content[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes decode", n, len(content))
		}
	}
}

// What the format allows, though Encode writes none of it.
func TestDecodeUnusual(t *testing.T) {
	for _, test := range []struct {
		name, header, data string
		want               File
	}{
		{"no padding", `{}`, "", File{}},
		{"other space", "{}\n\t\r \n", "", File{}},
		{"space everywhere", "{ \"w\" : { \"dtype\" :\t\"BF16\" , \"shape\" : [ 2 ,\n1 ] ,\r\"data_offsets\" : [ 0 , 4 ] } }",
			"\x80\x3f\x00\xc0", File{nil, []Tensor{{"w", []int{2, 1}, []float32{1, -2}}}}},
		{"order of the header is not that of the data", two("4,8", "0,4", 1, 1), "\x00\x00\x80\x3f\x00\x00\x00\xc0",
			File{nil, []Tensor{{"b", []int{1}, []float32{1}}, {"a", []int{1}, []float32{-2}}}}},
		{"empty tensors at the same offset", two("0,0", "0,0", 0, 0), "",
			File{nil, []Tensor{{"a", []int{0}, nil}, {"b", []int{0}, nil}}}},
		{"empty tensor listed after the one it precedes", two("0,4", "0,0", 1, 0), "\x00\x00\x80\x3f",
			File{nil, []Tensor{{"b", []int{0}, nil}, {"a", []int{1}, []float32{1}}}}},
		{"metadata last, names escaped", `{"\ud83d\ude42\u00e9":{"data_offsets":[0,0],"shape":[0],"dtype":"F64"},` +
			`"__metadata__":{"\"":"\u0000"}}`, "",
			File{map[string]string{`"`: "\x00"}, []Tensor{{"🙂é", []int{0}, nil}}}},
		{"empty metadata", `{"__metadata__":{}}`, "", File{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decodeBytes(file(test.header, test.data))
			if err != nil {
				t.Fatal(err)
			}
			checkEqual(t, got, &test.want)
		})
	}
}

// A small file must not cost much memory, whatever it claims.
func TestDecodeAllocatesLittle(t *testing.T) {
	for _, content := range [][]byte{
		[]byte("\x00\xe1\xf5\x05\x00\x00\x00\x00{}"),
		file(tensorHeader("F32", "[500000000]", 0, 2_000_000_000), ""),
		file(two("0,4", "4,2000000004", 1, 500_000_000), "1234"),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := decodeBytes(content)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%q decodes", content)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%q takes %d bytes", content, n)
		}
	}
}

// TestDecodeHostile: files that are made to cost memory or time keep the bounds of package hostile.
func TestDecodeHostile(t *testing.T) {
	const n = 1 << 20
	many := func(count int, entry string) string {
		var b strings.Builder
		for i := range count {
			fmt.Fprintf(&b, `"%d":%s,`, i, entry)
		}
		return "{" + b.String()
	}
	empty := `{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`
	for what, content := range map[string][]byte{
		"many empty tensors": file(many(n/60, empty)+`"a":`+empty+"}", ""),
		"many texts":         file(`{"__metadata__":`+many(n/12, `""`)+`"a":""}}`, ""),
		"deep":               file(`{"a":`+strings.Repeat("[", n), ""),
		"deep but allowed":   file(`{"a":`+strings.Repeat("[", 9990)+strings.Repeat("]", 9990)+"}", ""),
		"many dimensions": file(`{"a":{"dtype":"F32","shape":[1`+strings.Repeat(",1",
			n/2)+`],"data_offsets":[0,4]}}`, "1234"),
		"many offsets": file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0`+strings.Repeat(",1",
			n/2)+`]}}`, "1234"),
		"a long name":       file(`{"`+strings.Repeat("a", n)+`":`+empty+"}", ""),
		"a name of escapes": file(`{"`+strings.Repeat(`\u0041`, n/6)+`":`+empty+"}", ""),
		"a long type":       file(`{"a":{"dtype":"`+strings.Repeat("F", n)+`"}}`, ""),
		"much space":        file("{}"+strings.Repeat(" ", n), ""),
		"many small tensors": file(many(n/60,
			`{"dtype":"F32","shape":[],"data_offsets":[0,4]}`)+`"a":`+empty+"}", ""),
		"values of two bytes": file(tensorHeader("BF16", fmt.Sprintf("[%d]", n), 0, 2*n),
			strings.Repeat("\x00", 2*n)),
	} {
		t.Run(what, func(t *testing.T) {
			hostile.Read(t, len(content), hostile.Texts, func() { decodeBytes(content) })
		})
	}
}

func FuzzDecode(f *testing.F) {
	small := example()
	small.Tensors[3] = Tensor{"long", []int{9}, make([]float32, 9)}
	f.Add(encode(f, small))
	f.Add(file(`{}`, ""))
	f.Add(file(tensorHeader("F64", "[1]", 0, 8), "\x01\x00\x00\x00\x00\x00\xf0\x7f"))
	f.Add(file(tensorHeader("F16", "[1,2]", 0, 4), "\x01\x00\x01\x7c"))
	f.Add(file(tensorHeader("BF16", "[2]", 0, 4), "\x80\x3f\x81\x7f"))
	f.Add(file(two("4,8", "0,4", 1, 1), "12345678"))
	f.Add(file(two("0,4", "0,0", 1, 0), "1234"))
	f.Add(file(`{"\ud83d\ude42":{"data_offsets":[0,0],"shape":[0,7],"dtype":"F64"},"__metadata__":{"\"":"\u0000"}}`, ""))
	f.Fuzz(func(t *testing.T, content []byte) {
		var first *File
		var err error
		hostile.Read(t, len(content), hostile.Texts, func() { first, err = decodeBytes(content) })
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has more than one line: %q", err)
			}
			return
		}
		again := encode(t, first)
		second, err := decodeBytes(again)
		if err != nil {
			t.Fatalf("what Encode wrote does not decode: %v", err)
		}
		checkEqual(t, second, first)
	})
}
