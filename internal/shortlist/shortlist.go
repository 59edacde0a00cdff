// Package shortlist names things in errors.
package shortlist

import (
	"fmt"
	"strings"
)

// most is how many texts a list has.
const most = 30

// Join joins texts by commas. It counts those beyond the first 30.
func Join(texts []string) string {
	if n := len(texts) - most; n > 0 {
		return strings.Join(texts[:most], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(texts, ", ")
}
