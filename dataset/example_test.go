package dataset_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/dataset"
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
