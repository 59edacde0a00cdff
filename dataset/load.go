package dataset

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Names returns the names that Load knows: "digits" and those of the toy sets.
func Names() []string { return append([]string{"digits"}, ToyNames()...) }

// Load returns the points that a name stands for: the digits, a toy set, or else the file of that path; a file with
// the name of a set is reached as ./NAME. For the digits and for a file the source is the Epochs of set; a toy set
// has no rows of its own and its set is nil.
func Load(nameOrPath string, seed uint64) (source Source, set *Set, err error) {
	switch {
	case nameOrPath == "digits":
		set, err = Digits()
	case slices.Contains(ToyNames(), nameOrPath):
		source, err = Toy(nameOrPath, seed)
		return source, nil, err
	default:
		if _, err := os.Stat(nameOrPath); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("there is no data set and no file named %q; give the path of an IDX, .npy or "+
				".csv file, or one of %s", nameOrPath, strings.Join(Names(), ", "))
		}
		set, err = Open(nameOrPath)
	}
	if err != nil {
		return nil, nil, err
	}
	return NewEpochs(set.X, seed), set, nil
}
