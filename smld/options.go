package smld

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Options are options of a sampler by the names of their fields, such as "Levels". Values are of the field's
// type, or texts of one.
type Options map[string]any

// Option describes an option of a sampler.
type Option struct {
	Name    string       // of the field
	Type    reflect.Type // int, float64, string or bool
	Default string       // or empty
	Limits  string       // of a number, such as "1 to 4", or empty
	Help    string
}

// List returns the sampler's options.
func (s NamedSampler) List() []Option {
	var all []Option
	for f := range reflect.TypeOf(s.Options).Fields() {
		if f.IsExported() {
			all = append(all, Option{f.Name, f.Type, f.Tag.Get("default"), limits(f), f.Tag.Get("help")})
		}
	}
	return all
}

// With returns the sampler's options with some that are given.
func (s NamedSampler) With(options Options) (SamplerOptions, error) {
	o := reflect.New(reflect.TypeOf(s.Options)).Elem()
	o.Set(reflect.ValueOf(s.Options))
	for _, name := range slices.Sorted(maps.Keys(options)) {
		f, ok := o.Type().FieldByName(name)
		if !ok || !f.IsExported() {
			return nil, &UnusedOptionError{Option: name, Sampler: s.Name, Takers: takers(name, "")}
		}
		if err := set(o.FieldByIndex(f.Index), name, options[name]); err != nil {
			return nil, err
		}
		if err := checkOption(f, o.FieldByIndex(f.Index)); err != nil {
			return nil, err
		}
	}
	return o.Interface().(SamplerOptions), nil
}

// set sets a field to a value of its type or to a text of one.
func set(field reflect.Value, name string, value any) error {
	v := reflect.ValueOf(value)
	if text, ok := value.(string); ok && field.Kind() != reflect.String {
		parsed := reflect.New(field.Type()).Elem()
		if err := parse(parsed, text); err != nil {
			return &OptionError{name, value, "a " + kindName(field.Kind())}
		}
		v = parsed
	}
	if v.IsValid() && v.CanInt() && field.Kind() == reflect.Float64 {
		v = reflect.ValueOf(float64(v.Int()))
	}
	if !v.IsValid() || v.Type() != field.Type() {
		return &OptionError{name, value, "a " + kindName(field.Kind())}
	}
	field.Set(v)
	return nil
}

// parse sets v to the value of a text.
func parse(v reflect.Value, text string) (err error) {
	switch v.Kind() {
	case reflect.Int:
		var n int64
		n, err = strconv.ParseInt(text, 10, 0)
		v.SetInt(n)
	case reflect.Float64:
		var x float64
		x, err = strconv.ParseFloat(text, 64)
		v.SetFloat(x)
	case reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(text)
		v.SetBool(b)
	default:
		v.SetString(text)
	}
	return err
}

func kindName(k reflect.Kind) string {
	switch k {
	case reflect.Int:
		return "whole number"
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "truth value"
	}
	return "text"
}

// OptionError is the error of an option whose value makes no sense.
type OptionError struct {
	Option string // the field of the options
	Value  any
	Want   string
}

// Error names the option by its field.
func (e *OptionError) Error() string { return "smld: " + e.Describe("the option "+e.Option) }

// Describe is the error about an option that its user knows by another name, such as a flag's.
func (e *OptionError) Describe(option string) string {
	return fmt.Sprintf("%s is %v: want %s", option, e.Value, e.Want)
}

// UnusedOptionError is the error of an option that the sampler does not have.
type UnusedOptionError struct {
	Option  string   // the field of the options of others
	Sampler string   // the sampler's name, with its predictor if that decides
	Takers  []string // the samplers that have the option
}

// Error names the option by its field.
func (e *UnusedOptionError) Error() string { return "smld: " + e.Describe("the option "+e.Option) }

// Describe is the error about an option that its user knows by another name, such as a flag's.
func (e *UnusedOptionError) Describe(option string) string {
	if len(e.Takers) == 0 {
		return fmt.Sprintf("%s does nothing: no sampler has it", option)
	}
	return fmt.Sprintf("%s does nothing with the sampler %s; it is for %s",
		option, e.Sampler, strings.Join(e.Takers, ", "))
}

// takers returns the samplers that have an option, but for one.
func takers(option, but string) []string {
	var names []string
	for _, s := range samplers {
		if f, ok := reflect.TypeOf(s.Options).FieldByName(option); ok && f.IsExported() && s.Name != but {
			names = append(names, s.Name)
		}
	}
	return names
}
