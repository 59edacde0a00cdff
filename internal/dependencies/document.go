package main

import (
	"fmt"
	"os"
	"strings"
)

// row is what the document says of a module.
type row struct {
	direct          bool
	licence, reason string
}

// readRows reads the tables of the sections "Direct" and "Indirect". A row has the module's path in backquotes,
// its licences and, in the first, the reason.
func readRows(document string) (map[string]row, error) {
	text, err := os.ReadFile(document)
	if err != nil {
		return nil, err
	}
	rows, section := map[string]row{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = title
		}
		path, rest, ok := strings.Cut(strings.TrimPrefix(line, "| `"), "` | ")
		if !ok || !strings.HasPrefix(line, "| `") || section != "Direct" && section != "Indirect" {
			continue
		}
		if _, ok := rows[path]; ok {
			return nil, fmt.Errorf("%s: two rows for %s", document, path)
		}
		licence, reason, _ := strings.Cut(strings.TrimSuffix(rest, " |"), " | ")
		rows[path] = row{section == "Direct", licence, reason}
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: no row in a section Direct or Indirect", document)
	}
	return rows, nil
}
