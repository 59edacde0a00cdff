package live

import "regexp"

// packages are the names by which packages of the library begin their errors, which say nothing to who watches a page.
var packages = regexp.MustCompile(`(^|: )(?:smld|mlp|metrics|kernels): `)

// sentence words an error for the page.
func sentence(err error) string { return packages.ReplaceAllString(err.Error(), "$1") }
