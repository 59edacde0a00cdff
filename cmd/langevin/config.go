package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"
)

// settings are those of a file of JSON, an object of values by the names of flags. Flags of the command line come first.
type settings struct {
	file   string
	values []setting
}

type setting struct {
	name string
	text json.RawMessage
	line int
}

// parseSettings reads a file's settings.
func parseSettings(file string, text []byte) (*settings, error) {
	s := &settings{file: file}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("%s: the settings are not in UTF-8, as JSON must be: save them so", file)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	counted, lines := 0, 1
	line := func() int { // counts on, so that many settings take no longer than their text
		at := int(decoder.InputOffset())
		lines += bytes.Count(text[counted:at], []byte("\n"))
		counted = at
		return lines
	}
	broken := func(err error) error {
		var syntax *json.SyntaxError
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("%s: broken settings: the file ends before they do; want an object such as {\"steps\": 1000}", file)
		case errors.As(err, &syntax):
			at := min(max(syntax.Offset, 0), int64(len(text)))
			return fmt.Errorf("%s, line %d: broken settings: %w", file, 1+bytes.Count(text[:at], []byte("\n")), err)
		}
		return fmt.Errorf("%s, line %d: broken settings: %w", file, line(), err)
	}
	if token, err := decoder.Token(); err != nil {
		return nil, broken(err)
	} else if token != json.Delim('{') {
		return nil, fmt.Errorf("%s, line %d: the settings are no object: want one such as {\"steps\": 1000}", file, line())
	}
	firsts := map[string]int{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, broken(err)
		}
		v := setting{name: token.(string), line: line()} // what else a key may be is an error
		if first, ok := firsts[v.name]; ok {
			return nil, fmt.Errorf("%s, line %d: %.80q is there twice, first in line %d: leave one out", file,
				v.line, v.name, first)
		}
		if err := decoder.Decode(&v.text); err != nil {
			return nil, broken(err)
		}
		firsts[v.name] = v.line
		s.values = append(s.values, v)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, broken(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s, line %d: there is more after the settings: want one object", file, line())
	}
	return s, nil
}

// into sets target to the value, or returns an error that says what was wanted.
func (s *settings) into(v setting, target reflect.Value) error {
	if string(v.text) == "null" || json.Unmarshal(v.text, target.Addr().Interface()) != nil {
		return s.wrong(v, wanted(target.Type()))
	}
	return nil
}

// wrong is the error of a value that is not what is wanted.
func (s *settings) wrong(v setting, wanted string) error {
	var text bytes.Buffer
	if json.Compact(&text, v.text) != nil { // whose parts may stand in several lines
		text.WriteString("broken")
	}
	return fmt.Errorf("%s, line %d: %q is %.200s: want %s", s.file, v.line, v.name, &text, wanted)
}

// wanted says in words what values a type has.
func wanted(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[duration]():
		return `a time such as "1m30s"`
	case t == reflect.TypeFor[positive]():
		return "a number above zero"
	case t.Kind() == reflect.Pointer:
		return wanted(t.Elem())
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t.Kind() == reflect.Uint64:
		return "a whole number from 0 on"
	case t.Kind() == reflect.Float64:
		return "a number"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "a list of " + strings.NewReplacer("a whole number", "whole numbers", "a text", "texts").Replace(wanted(t.Elem()))
	}
	return "a text in quotes"
}

// fill sets the fields of a structure, by their names in JSON or, for those of others, by their own in small
// letters.
func (s *settings) fill(target any, others ...string) error {
	fields := map[string]reflect.StructField{}
	structure := reflect.ValueOf(target).Elem()
	for _, f := range reflect.VisibleFields(structure.Type()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if own := strings.ToLower(f.Name); slices.Contains(others, own) {
			name = own
		}
		if name != "" && name != "-" {
			fields[name] = f
		}
	}
	for _, v := range s.values {
		f, ok := fields[v.name]
		if !ok {
			return fmt.Errorf("%s, line %d: there is no flag --%s for %.80q", s.file, v.line,
				strings.Trim(fmt.Sprintf("%.80q", v.name), `"`), v.name)
		}
		field := structure.FieldByIndex(f.Index)
		if err := s.into(v, field); err != nil {
			return err
		}
		if names := f.Tag.Get("enum"); names != "" && field.String() != "" && !slices.Contains(strings.Split(names, ","), field.String()) {
			return s.wrong(v, "one of "+strings.ReplaceAll(names, ",", ", "))
		}
	}
	return nil
}

// readConfig is kong's loader of the files of --config, which train alone has. All values are checked here,
// also those that flags come before.
func readConfig(r io.Reader) (kong.Resolver, error) {
	name := "settings"
	if f, ok := r.(interface{ Name() string }); ok {
		name = f.Name()
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("cannot read the settings: %w", err)
	}
	s, err := parseSettings(name, text)
	if err != nil {
		return nil, settingsError{err}
	}
	if err := s.fill(&train{}, "out", "dir"); err != nil {
		return nil, settingsError{err}
	}
	return s, nil
}

// settingsError is the error of a file of settings, which the help of the command line does not mend.
type settingsError struct{ error }

// Validate returns nil: readConfig has checked the names.
func (s *settings) Validate(*kong.Application) error { return nil }

// Resolve returns a flag's value as it would be written on the command line, or as a list.
func (s *settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, v := range s.values {
		if v.name != flag.Name {
			continue
		}
		value := reflect.New(flag.Target.Type()).Elem()
		if err := s.into(v, value); err != nil {
			return nil, err
		}
		switch value.Kind() {
		case reflect.String:
			return value.String(), nil
		case reflect.Slice:
			list := make([]any, value.Len())
			for i := range list {
				list[i] = value.Index(i).Interface()
			}
			return list, nil
		}
		return strings.Trim(string(v.text), `"`), nil
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
