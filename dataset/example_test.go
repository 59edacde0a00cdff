package dataset_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// A table says little about itself, and much is found out.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "flowers.csv")
	table := ";length;species\n0;5,1;setosa\n1;7;virginica\n2;4,9;setosa\n"
	if err := os.WriteFile(path, []byte(table), 0o666); err != nil {
		panic(err)
	}
	set, err := dataset.Open(path, dataset.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(set.About)
	for _, c := range set.Columns {
		fmt.Println(c.Name, c.Kind, c.Categories)
	}
	for i := range set.X.Rows {
		fmt.Println(set.X.Row(i))
	}
	// Output:
	// 3 rows of 2 columns out of 3, 1 of them categories, parted by semicolons; line 1 is a header, as it has texts above numbers; column 1, which has no name and numbers the rows, left out
	// length number []
	// species category [setosa virginica]
	// [5.1 0]
	// [7 1]
	// [4.9 0]
}

// A name stands for data that need no file.
func ExampleLoad() {
	set, err := dataset.Load("digits", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(set.X.Rows, "images of shape", set.Shape, "in classes", set.Classes)
	// Output: 1500 images of shape [8 8] in classes [0 1 2 3 4 5 6 7 8 9]
}

// A set is written in the format of the file's ending.
func ExampleWrite() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	x := kernels.NewMatrix64(2, 2)
	copy(x.Data, []float64{5.1, 1, 7, 0})
	columns := []dataset.Column{
		{Name: "length", Kind: dataset.Number},
		{Name: "species", Kind: dataset.Category, Categories: []string{"setosa", "virginica"}},
	}
	path := filepath.Join(dir, "flowers.csv")
	if err := dataset.Write(path, dataset.Table{X: x, Columns: columns}); err != nil {
		panic(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	fmt.Print(string(text))
	// Output:
	// length,species
	// 5.1,virginica
	// 7,setosa
}
