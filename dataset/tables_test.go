package dataset

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
)

// utf16Of returns text as UTF-16 with a byte order mark.
func utf16Of(order binary.AppendByteOrder, text string) (b []byte) {
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

// goodTable is a table that is read: its columns by name and kind, its values, NaN for one that is missing, and words of
// what is told about it.
type goodTable struct {
	what, text string
	o          Options
	columns    string
	want       []float64
	about      string
}

func goodTables() []goodTable {
	nan := math.NaN()
	return []goodTable{
		// Separators.
		{"spaces", " 1.5  2\n-3 4e1\n", Options{}, "number integer", []float64{1.5, 2, -3, 40}, "parted by spaces"},
		{"savetxt", "# x y\n1.0e+00 2.0e+00\n3.0e+00 4.5e+00\n", Options{}, "x:integer y:number", []float64{1, 2, 3, 4.5}, "line 1, a comment, names the columns"},
		{"another comment", "# x\n1 2\n3 4.5\n", Options{}, "integer number", []float64{1, 2, 3, 4.5}, "2 rows of 2 columns"},
		{"a comment with numbers", "# 7 y\n1 2\n", Options{}, "integer integer", []float64{1, 2}, ""},
		{"a comment above a header", "# a,b\nx,y\n1,2\n", Options{}, "x:integer y:integer", []float64{1, 2}, ""},
		{"a comment within", "1,2\n#x,y\n3,4\n", Options{}, "integer integer", []float64{1, 2, 3, 4}, ""},
		{"a comment for a header", "#x,y\n1,2\n", Options{Columns: []string{"y"}}, "y:integer", []float64{2}, ""},
		{"spaces and tabs", "1 \t 2\n3 \t 4\n", Options{Delimiter: "space"}, "integer integer", []float64{1, 2, 3, 4}, "parted by spaces"},
		{"bars", "x|y\n1|2\n3|4\n", Options{}, "x:integer y:integer", []float64{1, 2, 3, 4}, "parted by bars"},
		{"tabs before commas", "a, b\tc\n1\t2\n", Options{}, "a, b:integer c:integer", []float64{1, 2}, "parted by tabs"},
		{"spaces after commas", "x, y\n1, 2\n3, 4\n", Options{}, "x:integer y:integer", []float64{1, 2, 3, 4}, "parted by commas"},
		{"decimal commas", "x;y\n1,5;2\n-,25;1,5e-1\n", Options{}, "x:number y:number", []float64{1.5, 2, -.25, .15}, "semicolons"},
		{"semicolons and points", "1.5;2\n3;4\n", Options{}, "number integer", []float64{1.5, 2, 3, 4}, ""},
		{"a character", "1/2\n3/4\n", Options{Delimiter: "/"}, "integer integer", []float64{1, 2, 3, 4}, `parted by '/'`},
		{"quotes", "\"x;y\",\"z \"\"q\"\"\"\n1,2\n", Options{}, `x;y:integer z "q":integer`, []float64{1, 2}, "commas"},
		{"quotes with spaces", "\"a b\" \"c\"\n1 2\n3 4\n", Options{}, "a b:integer c:integer", []float64{1, 2, 3, 4}, "spaces"},
		{"Excel's line", "sep=;\r\nx;y\r\n1,5;2\r\n", Options{}, "x:number y:integer", []float64{1.5, 2}, "line 2 is a header"},
		{"a line in quotes", "\"x\ny\",z\n1,2\n", Options{}, "x\ny:integer z:integer", []float64{1, 2}, ""},
		{"name with spaces", "my value\n1\n2\n", Options{}, "my value:integer", []float64{1, 2}, "line 1 is a header"},
		{"separator at the end", "x,y,\n1,2,\n3,4,\n", Options{}, "x:integer y:integer", []float64{1, 2, 3, 4}, "column 3, which is empty"},
		{"separator at the end, not of names", "x,y\n1,2,\n3,4,\n", Options{}, "x:integer y:integer", []float64{1, 2, 3, 4}, "2 columns out of 3"},
		{"rows of holes", "x,y\n,\n3,4\n,\n\n", Options{Missing: true}, "x:integer y:integer", []float64{nan, nan, 3, 4, nan, nan}, "3 rows"},
		{"a hole in the first row", ",\n1,2\n", Options{Missing: true}, "integer integer", []float64{nan, nan, 1, 2}, "no header"},
		{"holes alone", "x,y\n,\n", Options{Missing: true, Like: []Column{{Name: "x"}, {Name: "y"}}}, "x:number y:number", []float64{nan, nan}, "1 row"},
		{"lines of separators", "1,2\n,\n3,4\n,\n", Options{}, "integer integer", []float64{1, 2, 3, 4}, "2 lines without values left out"},

		// Encodings and line ends.
		{"UTF-16, little", string(utf16Of(binary.LittleEndian, "größe,y\r\n1,2\r\n")), Options{}, "größe:integer y:integer", []float64{1, 2}, ""},
		{"UTF-16, big", string(utf16Of(binary.BigEndian, "x,y\n1,2\n")), Options{}, "x:integer y:integer", []float64{1, 2}, ""},
		{"returns alone", "x,y\r1,2\r3,4\r", Options{}, "x:integer y:integer", []float64{1, 2, 3, 4}, "2 rows"},
		{"returns alone but for the last", "x,y\r1,2\r3,4\r\n", Options{}, "x:integer y:integer", []float64{1, 2, 3, 4}, "2 rows"},
		{"mark before quotes", "\ufeff\"x\",\"y\"\n1,2\n", Options{}, "x:integer y:integer", []float64{1, 2}, ""},

		// Headers.
		{"texts above numbers", "x,y\n1,2\n", Options{}, "x:integer y:integer", []float64{1, 2}, "line 1 is a header, as it has texts above numbers"},
		{"none", "1,2\n3,4\n", Options{}, "integer integer", []float64{1, 2, 3, 4}, "line 1 is no header, as it holds values"},
		{"pandas, numbered", "0,1\n1.5,7\n2.5,8\n", Options{}, "0:number 1:integer", []float64{1.5, 7, 2.5, 8}, "it numbers the columns from 0"},
		{"pandas, one column", "0\n0.5\n1.5\n", Options{}, "0:number", []float64{.5, 1.5}, "header, as it numbers"},
		{"pandas, whole numbers", "0,1,2\n5,7,9\n6,8,1\n", Options{}, "0:integer 1:integer 2:integer", []float64{5, 7, 9, 6, 8, 1}, "header, as it numbers"},
		{"numbers that go on", "0,1,2\n3,4,5\n6,7,8\n", Options{}, "integer integer integer", []float64{0, 1, 2, 3, 4, 5, 6, 7, 8}, "no header"},
		{"a column that goes on", "0,1\n1,3.5\n2,4.5\n", Options{}, "integer number", []float64{0, 1, 1, 3.5, 2, 4.5}, "no header"},
		{"small numbers", "0,1\n1,0\n2,1\n1,1\n", Options{}, "integer integer", []float64{0, 1, 1, 0, 2, 1, 1, 1}, "no header"},
		{"three small numbers", "0,1,2\n2,2,0\n0,1,2\n", Options{}, "integer integer integer", []float64{0, 1, 2, 2, 2, 0, 0, 1, 2}, "no header"},
		{"a text beside small numbers", "g,1,2\nr,1,2\nr,3,2\nr,1,5\n", Options{}, "category integer integer",
			[]float64{0, 1, 2, 1, 1, 2, 1, 3, 2, 1, 1, 5}, "no header"},
		{"one whole column", "0\n1\n0\n2\n0\n1\n", Options{}, "integer", []float64{0, 1, 0, 2, 0, 1}, "6 rows of 1 column;"},
		{"years", "country,1999,2000\nA,1.5,2\nB,2.5,3\nA,1,2\nB,2,1\n", Options{}, "country:category 1999:number 2000:integer",
			[]float64{0, 1.5, 2, 1, 2.5, 3, 0, 1, 2, 1, 2, 1}, "neither its texts nor its numbers"},
		{"years above whole numbers", "id,1999,2000\n1,15,20\n2,25,30\n", Options{}, "id:integer 1999:integer 2000:integer",
			[]float64{1, 15, 20, 2, 25, 30}, "line 1 is a header"},
		{"wavelengths", "400,410,420\n0.5,0.25,1e-3\n1.5,1.25,2.0\n", Options{}, "400:number 410:number 420:number",
			[]float64{.5, .25, 1e-3, 1.5, 1.25, 2}, "equal steps above decimals"},
		{"no wavelengths", "1,2,4\n0.5,0.25,0.75\n", Options{}, "number number number", []float64{1, 2, 4, .5, .25, .75}, "no header"},
		{"a year above decimals", "country,2020\nA,0.5\nB,2.5\nA,0.25\nB,1.0\n", Options{}, "country:category 2020:number",
			[]float64{0, .5, 1, 2.5, 0, .25, 1, 1}, "line 1 is a header"},
		{"inf and nan as names", "x,inf,nan\n1,2,3\n4,5,6\n", Options{}, "x:integer inf:integer nan:integer", []float64{1, 2, 3, 4, 5, 6}, "header"},
		{"texts that come again", "a,1\nb,2\na,3\nb,2\n", Options{}, "category integer", []float64{0, 1, 1, 2, 0, 3, 1, 2}, "its texts come again"},
		{"texts alone", "c,s\nr,b\nr,b\nb,s2\nb,s2\n", Options{}, "c:category s:category", []float64{1, 0, 1, 0, 0, 1, 0, 1}, "do not come again"},
		{"a name that is a text too", "x,c\n1,c\n2,b\n", Options{}, "x:integer c:category", []float64{1, 1, 2, 0}, "texts above numbers"},
		{"names that are asked for", "c,d\nu,v\nw,z\n", Options{Drop: []string{"d"}}, "c:category", []float64{0, 1}, "the names that are asked for"},
		{"asked for", "1,2\n3,4\n", Options{Header: "yes"}, "1:integer 2:integer", []float64{3, 4}, "as was asked for"},
		{"asked to have none", "0,1\n1.5,7\n", Options{Header: "no"}, "number integer", []float64{0, 1, 1.5, 7}, "no header, as was asked for"},
		{"names that come twice", "x,y,x,,x column 3\n1,2,3,4,5\n", Options{},
			"x:integer y:integer x column 3 (2):integer column 4:integer x column 3:integer", []float64{1, 2, 3, 4, 5}, `became "x column 3 (2)"`},

		// Columns that number the rows.
		{"pandas' index", ",x\n0,5.5\n1,6\n2,7\n", Options{}, "x:number", []float64{5.5, 6, 7}, "column 1, which has no name and numbers the rows, left out"},
		{"pandas' index of old", "Unnamed: 0,x\n1,5\n2,6\n", Options{}, "x:integer", []float64{5, 6}, "1 column out of 2"},
		{"pandas' index, numbered", ",0,1\n0,5,6\n1,6,3\n", Options{}, "0:integer 1:integer", []float64{5, 6, 6, 3}, "2 columns out of 3"},
		{"pandas' index of some rows", ",x\n7,5\n3,6\n9,6\n", Options{}, "x:integer", []float64{5, 6, 6}, "numbers the rows"},
		{"an unnamed column of data", ",x\n7,5\n3,6\n3,6\n", Options{}, "column 1:integer x:integer", []float64{7, 5, 3, 6, 3, 6}, "3 rows of 2 columns,"},
		{"an index that is asked for", ",x\n0,5\n1,6\n", Options{Columns: []string{"1", "x"}}, "column 1:integer x:integer", []float64{0, 5, 1, 6}, ""},
		{"R's names of rows", "\"x\" \"y\"\n\"1\" 5 6\n\"4\" 6 7\n", Options{}, "x:integer y:integer", []float64{5, 6, 6, 7}, "one cell less"},
		{"R's names of rows are texts", "x,y\nfoo,5,6\nbar,6,7\n", Options{}, "x:integer y:integer", []float64{5, 6, 6, 7}, "numbers the rows"},
		{"a named index", "id,x\n0,5\n1,6\n", Options{}, "id:integer x:integer", []float64{0, 5, 1, 6}, ""},

		// Categories and missing values.
		{"true and false", "x,b\n1,true\n2,false\n3,true\n", Options{}, "x:integer b:category", []float64{1, 1, 2, 0, 3, 1}, "1 of them categories"},
		{"two texts, once each", "x,b\n1,yes\n2,no\n", Options{}, "x:integer b:category", []float64{1, 1, 2, 0}, ""},
		{"three texts", "x,b\n" + strings.Repeat("1,b\n2,a\n3,C\n", 4), Options{}, "x:integer b:category",
			slices.Repeat([]float64{1, 2, 2, 1, 3, 0}, 4), ""},
		{"missing", "x,y,c\n1,,a\nNA,2,b\n3,NaN,?\nnull,4,a\nnan,None,-nan\n", Options{Missing: true}, "x:integer y:integer c:category",
			[]float64{1, nan, 0, nan, 2, 1, 3, nan, nan, nan, 4, 0, nan, nan, nan}, ""},
		{"Excel's errors", "x,y\n#N/A,1\n2,#DIV/0!\n", Options{Missing: true}, "x:integer y:integer", []float64{nan, 1, 2, nan}, ""},
		{"missing in spaces", "1 NA\n3 4\n", Options{Missing: true}, "integer integer", []float64{1, nan, 3, 4}, ""},
		{"all missing", "x,y\n1,NA\n2,NA\n", Options{Missing: true}, "x:integer y:number", []float64{1, nan, 2, nan}, ""},

		// Options.
		{"some columns", "x,y,z\n1,2,3\n4,5,6\n", Options{Columns: []string{"z", "1"}}, "z:integer x:integer", []float64{3, 1, 6, 4}, "2 columns out of 3"},
		{"names before numbers", "2,1\n5.5,6.5\n", Options{Header: "yes", Columns: []string{"1"}}, "1:number", []float64{6.5}, ""},
		{"but for some", "x,y,name\n1,2,Ann\n4,5,Bea\n4,5,Cyd\n", Options{Drop: []string{"name", "1"}}, "y:integer", []float64{2, 5, 5}, ""},
		{"missing elsewhere", "x,y\n1,\n2,3\n", Options{Columns: []string{"x"}}, "x:integer", []float64{1, 2}, ""},
		{"images", "label,p,q,r,s\n7,1,2,3,4\n", Options{Drop: []string{"label"}, Shape: []int{2, 2}}, "", []float64{1, 2, 3, 4}, ""},
		{"like a model", "c,y,x\nb,1,2\nb,3,4\n", Options{Like: []Column{{Name: "x"}, {Name: "c", Kind: Category, Categories: []string{"a", "b"}}}},
			"x:integer c:category", []float64{2, 1, 4, 1}, "2 columns out of 3"},
		{"like a model without names", "c,x\nb,1\na,2\n", Options{Like: []Column{{Kind: Category, Categories: []string{"b", "a"}}, {}}},
			"c:category x:integer", []float64{0, 1, 1, 2}, ""},
		{"without names like a model", "3,b\n1,b\n", Options{Like: []Column{{Name: "x"}, {Name: "c", Kind: Category, Categories: []string{"a", "b"}}}},
			"x:integer c:category", []float64{3, 1, 1, 1}, ""},
		{"holes like a model", "1,\n2,\n", Options{Missing: true, Like: []Column{{}, {}}}, "integer number", []float64{1, nan, 2, nan}, "2 rows of 2 columns"},
		{"a separator at the end like a model", "1,5,\n2,6,\n", Options{Like: []Column{{}, {}}}, "integer integer", []float64{1, 5, 2, 6}, "column 3, which is empty"},
		{"categories that are numbers", "c\n1\n2\n", Options{Like: []Column{{Name: "c", Kind: Category, Categories: []string{"1", "2", "x"}}}},
			"c:category", []float64{0, 1}, ""},

		// Numbers.
		{"float64", "16777217,0.1\n9007199254740993,1e300\n", Options{}, "integer number", []float64{16777217, .1, 9007199254740992, 1e300}, ""},
		{"too small", "1e-400,1\n-1e-400,2\n", Options{}, "integer integer", []float64{0, 1, 0, 2}, ""},
		{"signs", "+1,-2\n+.5,-0\n", Options{}, "number integer", []float64{1, -2, .5, 0}, ""},
	}
}

// badTable is a table that is refused, with words that the error must have.
type badTable struct {
	what, text string
	o          Options
	want       []string
}

func badTables() []badTable {
	dates, cities := "x,day\n", "x,the city\n"
	for i := range 60 {
		dates += fmt.Sprintf("%d,2024-01-%02d\n", i, i%31+1)
		cities += fmt.Sprintf("%d,city %d\n", i, i)
	}
	like := func(c ...Column) Options { return Options{Like: c} }
	return []badTable{
		{"mixed", "x,y\n1,2\n3,4 m\n5,6\n", Options{}, []string{`row 2 (line 3), column 2 ("y"): "4 m" is not a number`, "parted by commas, which give the first lines 2 columns each"}},
		{"mixed after a comment", "x,y\n# no\n1,2\n3,bad\n5,6\n", Options{}, []string{`row 2 (line 4), column 2 ("y"): "bad"`}},
		{"texts", cities, Options{}, []string{`column 2 ("the city") holds more than 50 different texts, such as "city 0" in line 2`, "--drop 'the city'"}},
		{"few texts", "x,c\n1,a\n2,b\n3,c\n", Options{}, []string{`column 2 ("c") holds 3 different texts in 3 cells`, "--drop c"}},
		{"texts without names", "1,a\n2,b\n3,c\n", Options{}, []string{"column 2 holds", "--drop 2"}},
		{"thousands in quotes", "a,b\n\"1,234\",2\n\"3,456\",4\n", Options{}, []string{`column 1 ("a") holds numbers with more than digits`, `"1,234" in line 2`}},
		{"decimal commas that repeat", "a\tb\n" + strings.Repeat("1,5\t2\n", 9), Options{}, []string{`"1,5" in line 2`, "only where semicolons"}},
		{"money", "price\n$5\n$6\n$7\n", Options{}, []string{`"$5" in line 2`}},
		{"percent without a name", "20%\n30%\n", Options{}, []string{`column 1 holds numbers`, `"20%" in line 1`}},
		{"a count above", "3\n1 2\n3 4\n5 6\n", Options{}, []string{"line 2 has 2 columns and the lines before it 1"}},
		{"dates", dates, Options{}, []string{`column 2 ("day") holds dates`, "--drop day"}},
		{"days and months", "d;x\n1.2.2020;1\n2.2.2020;3\n3.2.2020;3\n", Options{}, []string{`column 1 ("d") holds dates`}},
		{"times", "d,x\n10:00:00,1\n10:00:01,3\n10:00:02,3\n", Options{}, []string{`column 1 ("d") holds dates`}},
		{"all of a column missing", "NA\nNA\n", Options{}, []string{"2 cells without a value", "2 in column 1 (first in line 1)"}},
		{"the last column missing", "1,NA\n2,NA\n", Options{}, []string{"2 in column 2"}},
		{"the first cell missing", ",5,6\n7,1,2\n8,1,3\n", Options{}, []string{"1 in column 1 (first in line 1)"}},
		{"the first cell of a count missing", ",5,9\n0,1,2\n1,1,3\n", Options{}, []string{"1 in column 1 (first in line 1)"}},
		{"texts that may be names", "c\nr\nq\n", Options{}, []string{"column 1 holds 3 different texts"}},
		{"missing", "x,y\n1,2\n,NA\n3,?\n", Options{}, []string{`3 cells without a value`, `1 in column 1 ("x") (first in line 3), 2 in column 2 ("y")`, "inpaint"}},
		{"comma for a point", "x\ty\n1,5\t2\n3\t4\n", Options{}, []string{`"1,5" is not a number; a comma is a decimal comma only where`, "tabs"}},
		{"commas and points", "x;y\n1,5;2.5\n", Options{}, []string{`column 1 ("x") has numbers with a comma and column 2 ("y") numbers with a point`}},
		{"thousands", "x;y\n1.234,5;2\n1,5;2\n2,5;2\n", Options{}, []string{`"1.234,5" is not a number`}},
		{"infinite", "x\n1\n-inf\n", Options{}, []string{`row 2 (line 3), column 1 ("x"): the value is -inf`}},
		{"too large", "x\n1\n1e999\n", Options{}, []string{"the value 1e999 is beyond the range of float64"}},
		{"half a header", "x,7\n1,2\n3,4\n", Options{}, []string{"line 1: the first line has texts and numbers", "--header yes", "parted by commas"}},
		{"half a header that comes again", "a,b,1\n1,b,5\n2,b,7\n", Options{}, []string{"--header yes"}},
		{"names alone", "x,y\n", Options{}, []string{"no rows"}},
		{"empty lines", "\n \n#\n", Options{}, []string{"no rows"}},
		{"ragged", "x y\n1 2\n3 4 5\n", Options{}, []string{"line 3 has 3 columns and the lines before it 2", "spaces, which give 2 of the first 3 lines 2 columns"}},
		{"a title", "my measurements\n1,2\n3,4\n5,6\n", Options{Header: "no"}, []string{"line 1 has 1 column and the lines after it 2"}},
		{"header", "1,2\n", Options{Header: "maybe"}, []string{`"maybe"; want "yes" or "no"`}},
		{"delimiter", "1,2\n", Options{Delimiter: "::"}, []string{`"::" cannot part cells`}},
		{"no column", "x,y\n1,2\n", Options{Columns: []string{"z"}}, []string{`no column "z"; there are "x", "y"`}},
		{"no such number", "1,2\n", Options{Drop: []string{"3"}}, []string{`no column "3"; the columns have no names and are numbered 1 to 2`}},
		{"a column twice", "x,y\n1,2\n", Options{Columns: []string{"x", "1"}}, []string{`column "1" is asked for twice`}},
		{"no columns", "x,y\n1,2\n", Options{Drop: []string{"x", "y"}}, []string{"no column is left"}},
		{"shape", "x,y\n1,2\n", Options{Shape: []int{2, 2}}, []string{"[2 2]"}},
		{"like another", "x,y\n1,2\n", like(Column{Name: "z"}), []string{`no column "z" as the model does; there are "x", "y"`}},
		{"like a smaller one", "1,2\n", like(Column{Name: "z"}), []string{"the model has 1 column and the data 2"}},
		{"unknown category", "c\na\nb\n", like(Column{Name: "c", Kind: Category, Categories: []string{"a", "d"}}),
			[]string{`row 2 (line 3), column 1 ("c"): "b" is none of the model's categories "a", "d"`}},
		{"category for a number", "x,c\n1,a\n", like(Column{Name: "c", Kind: Integer}), []string{`"a" is not a number`}},
		{"quote", "x,y\n1,\"2\n3,4\n", Options{}, []string{"line 3, byte 5", "a quote within a cell is doubled"}},
		{"quote in spaces", "1 \"2\n3 4\n", Options{}, []string{"line 1: a quote opens"}},
		{"Latin-1", "x,gr\xf6\xdfe\n1,2\n", Options{}, []string{"line 1 has the byte 0xf6, which is not UTF-8", "iconv"}},
		{"UTF-16 without a mark", "x\x00,\x00y\x00\n\x00", Options{}, []string{"UTF-16 without a byte order mark"}},
		{"UTF-32", "\xff\xfe\x00\x00x\x00\x00\x00", Options{}, []string{"UTF-32"}},
		{"half of UTF-16", "\xff\xfex", Options{}, []string{"half a character"}},
	}
}
