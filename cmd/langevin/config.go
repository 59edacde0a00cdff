package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// configFile gives flags the values that a JSON object has under their names. Flags of the command line come first.
type configFile map[string]string

// readConfig is kong's loader of the files of --config.
func readConfig(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	decoder := json.NewDecoder(r)
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		return nil, fmt.Errorf("broken settings: %w", err)
	}
	c := configFile{}
	for name, value := range values {
		text, ok := flagText(value)
		if !ok {
			return nil, fmt.Errorf("settings: %q is %v: want a number, a text, true, false or a list of numbers", name, value)
		}
		c[name] = text
	}
	return c, nil
}

// flagText returns a value as it would be written on the command line.
func flagText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case bool, json.Number:
		return fmt.Sprint(v), true
	case []any:
		parts := make([]string, len(v))
		for i, element := range v {
			number, ok := element.(json.Number)
			if !ok {
				return "", false
			}
			parts[i] = number.String()
		}
		return strings.Join(parts, ","), true
	}
	return "", false
}

// Validate returns an error for a name that is no flag.
func (c configFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, command := range app.Children {
		for _, flag := range command.Flags {
			known[flag.Name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if !known[name] {
			return fmt.Errorf("settings: there is no flag --%s for %q", name, name)
		}
	}
	return nil
}

// Resolve returns a flag's value.
func (c configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if text, ok := c[flag.Name]; ok {
		return text, nil
	}
	return nil, nil
}

// duration is a time.Duration that is written as people write it, such as 1m30s.
type duration struct{ time.Duration }

// MarshalText returns the duration as UnmarshalText reads it.
func (d duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText sets the duration.
func (d *duration) UnmarshalText(text []byte) (err error) {
	d.Duration, err = time.ParseDuration(string(text))
	return err
}
