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

// Load returns the set that a name stands for: the digits, a toy set, or else the file of that path; a file
// with the name of a set is reached as ./NAME. The seed is that of a toy set's points. The error about a name
// that stands for nothing is a fs.ErrNotExist.
func Load(nameOrPath string, seed uint64, o Options) (*Set, error) {
	if slices.Contains(Names(), nameOrPath) {
		return loadNamed(nameOrPath, seed, o)
	}
	file, _ := splitMember(nameOrPath)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, missingError(nameOrPath)
	}
	return Open(nameOrPath, o)
}

// missingError is the error of a name that is neither a set's nor a file's.
type missingError string

func (e missingError) Error() string {
	return fmt.Sprintf("there is no data set and no file named %q; give the path of an IDX, .npy, "+
		".npz or .csv file or of a folder of .png files, or one of %s", string(e), strings.Join(Names(), ", "))
}

// Is makes the error one of fs.ErrNotExist, as that of Open is.
func (e missingError) Is(target error) bool { return target == fs.ErrNotExist }

// loadNamed returns the digits or a toy set.
func loadNamed(name string, seed uint64, o Options) (*Set, error) {
	if len(o.Columns)+len(o.Drop)+len(o.Shape) > 0 || o.Delimiter != "" || o.Header != "" {
		return nil, fmt.Errorf("%s is no file, and takes no columns, shape, delimiter or header", name)
	}
	if name == "digits" {
		return Digits()
	}
	set, err := toySample(name, seed)
	if err != nil || o.Like == nil {
		return set, err
	}
	fits := len(o.Like) == len(set.Columns)
	for i, c := range o.Like {
		fits = fits && (c.Name == "" || c.Name == set.Columns[i].Name)
	}
	if !fits {
		return nil, fmt.Errorf("%s has the columns x and y, and the model others", name)
	}
	return set, nil
}
