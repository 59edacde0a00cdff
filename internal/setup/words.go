package setup

import (
	"fmt"
	"strings"
)

// Sizes returns layer sizes as on a command line.
func Sizes(hidden []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(hidden), " ", ","), "[]")
}

// OptionFlag is the flag of a sampler's option: its name in small letters, with a hyphen where a word begins.
func OptionFlag(option string) string {
	if option == "SNR" {
		return "snr"
	}
	var b strings.Builder
	for i, r := range strings.Replace(option, "SNR", "Snr", 1) {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

// plainCharacters are those that a shell takes as they are.
const plainCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:=+@%"

// Quote returns the words of a command as a POSIX shell reads them, in quotes where they need some.
func Quote(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		if word == "" || strings.Trim(word, plainCharacters) != "" {
			word = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
		quoted[i] = word
	}
	return strings.Join(quoted, " ")
}
