package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|patents)`)

// licences returns the SPDX names of the licences in the files of a module's folder, sorted and joined by commas.
// Where no file there is a licence's text, they are those of its folder licenses.
func licences(dir string) (string, error) {
	var names []string
	for _, in := range []string{dir, filepath.Join(dir, "licenses")} {
		if names != nil {
			break
		}
		entries, err := os.ReadDir(in)
		if err != nil && (in == dir || !os.IsNotExist(err)) {
			return "", err
		}
		for _, e := range entries {
			if e.IsDir() || in == dir && !licenceFile.MatchString(e.Name()) {
				continue
			}
			found, err := scan(filepath.Join(in, e.Name()))
			if err != nil {
				return "", err
			}
			names = append(names, found...)
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", "), nil
}

// scan returns the licences of a file.
func scan(file string) (names []string, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	for _, m := range licensecheck.Scan(text).Match {
		names = append(names, m.ID)
	}
	return names, nil
}
