package kernel

import "strings"

// docColumns is how long a line of documentation may be behind its slashes.
const docColumns = 110 - len("// ")

// Wrap fills lines of documentation. Lines that follow each other are one paragraph. A line that begins with
// a tab is code and stays as it is.
func Wrap(lines ...string) []string {
	var wrapped []string
	open := false // the last line is text, and more may follow in it
	for _, line := range lines {
		if line == "" || strings.HasPrefix(line, "\t") {
			wrapped, open = append(wrapped, line), false
			continue
		}
		for _, word := range strings.Fields(line) {
			if last := len(wrapped) - 1; open && len(wrapped[last])+1+len(word) <= docColumns {
				wrapped[last] += " " + word
				continue
			}
			wrapped, open = append(wrapped, word), true
		}
	}
	return wrapped
}
