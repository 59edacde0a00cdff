// Dependencies holds go.mod against docs/dependencies.md.
//
//	go mod download && go run ./internal/dependencies
//
// Each module that go.mod requires has one row in the table, and each row a module. Its licences are those of
// the files in the module; of a module that is not downloaded they stay unknown, which is a finding here.
package main

import (
	"fmt"
	"os"
)

func main() {
	findings, err := check(".", "docs/dependencies.md", true)
	if err != nil {
		fmt.Fprintln(os.Stderr, "dependencies:", err)
		os.Exit(2)
	}
	for _, f := range findings {
		fmt.Println(f)
	}
	if findings != nil {
		os.Exit(1)
	}
}
