package shortlist

import (
	"slices"
	"strings"
	"testing"
)

func TestJoin(t *testing.T) {
	thirty := slices.Repeat([]string{"a"}, most)
	all := strings.TrimSuffix(strings.Repeat("a, ", most), ", ")
	for _, c := range []struct {
		texts []string
		want  string
	}{
		{nil, ""}, {[]string{"a", "b"}, "a, b"}, {thirty, all},
		{slices.Concat(thirty, []string{"b", "c"}), all + " and 2 more"},
	} {
		if got := Join(c.texts); got != c.want {
			t.Errorf("%d texts: %q, want %q", len(c.texts), got, c.want)
		}
	}
}
