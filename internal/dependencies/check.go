package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// check returns a line for each module of the go.mod in the folder root that a document lists otherwise or not
// at all. Of a module whose files are not on this machine the licence is unknown, which all makes a finding.
func check(root, document string, all bool) ([]string, error) {
	required, err := requirements(root)
	if err != nil {
		return nil, err
	}
	rows, err := readRows(document)
	if err != nil {
		return nil, err
	}
	folders, err := folders(root, required)
	if err != nil {
		return nil, err
	}
	var findings []string
	find := func(format string, args ...any) {
		findings = append(findings, document+": "+fmt.Sprintf(format, args...))
	}
	for _, r := range required {
		row, ok := rows[r.Mod.Path]
		delete(rows, r.Mod.Path)
		if !ok {
			find("no row for %s, which go.mod requires; say what it is for and why no own code takes its place", r.Mod.Path)
			continue
		}
		if row.direct == r.Indirect {
			find("%s is in the table of the direct or indirect modules, go.mod has it in the other", r.Mod.Path)
		}
		if row.direct && row.reason == "" {
			find("%s has no reason", r.Mod.Path)
		}
		if folders[r.Mod.Path] == "" {
			if all {
				find("the licence of %s is unknown, run go mod download", r.Mod.Path)
			}
			continue
		}
		licence, err := licences(folders[r.Mod.Path])
		if err != nil {
			return nil, err
		}
		if licence != row.licence {
			find("%s has the licence %q, and its files %q", r.Mod.Path, row.licence, licence)
		}
	}
	for path := range rows {
		find("%s is not in go.mod", path)
	}
	return findings, nil
}

// requirements returns what the go.mod in a folder requires, in its order.
func requirements(root string) ([]*modfile.Require, error) {
	name := filepath.Join(root, "go.mod")
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	file, err := modfile.Parse(name, data, nil)
	if err != nil {
		return nil, err
	}
	return file.Require, nil
}

// folders returns where the files of modules are, of those that are on this machine.
func folders(root string, required []*modfile.Require) (map[string]string, error) {
	arguments := []string{"list", "-m", "-f", "{{.Path}}\t{{.Dir}}"}
	for _, r := range required {
		arguments = append(arguments, r.Mod.Path)
	}
	list := exec.Command("go", arguments...)
	list.Dir, list.Stderr = root, os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list -m: %w", err)
	}
	in := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		in[path] = dir
	}
	return in, nil
}
