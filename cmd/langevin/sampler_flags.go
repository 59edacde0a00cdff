package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// samplerFlags choose the options of a sampler. There is a flag for each option that any sampler has, made
// from their list. Flags that are not given are nil.
type samplerFlags struct {
	Denoise bool `default:"true" negatable:"" help:"End with a step to zero noise."`

	Flags kong.Plugins `embed:""`
}

// withFlags returns flags to parse.
func withFlags() samplerFlags {
	return samplerFlags{Denoise: true, Flags: kong.Plugins{reflect.New(samplerFlagsType).Interface()}}
}

// samplerFlagsType has a field for each option but NoDenoise.
var samplerFlagsType = func() reflect.Type {
	types := map[reflect.Kind]reflect.Type{
		reflect.Int: reflect.TypeFor[*count](), reflect.Float64: reflect.TypeFor[*positive](),
		reflect.String: reflect.TypeFor[*string](), reflect.Bool: reflect.TypeFor[*bool](),
	}
	var fields []reflect.StructField
	for _, name := range optionNames() {
		option := optionsNamed(name)[0]
		tag := fmt.Sprintf(`name:%q help:%q placeholder:%q`, setup.OptionFlag(name), optionHelp(name), placeholder(option))
		fields = append(fields, reflect.StructField{
			Name: name, Type: types[option.Type.Kind()], Tag: reflect.StructTag(tag),
		})
	}
	return reflect.StructOf(fields)
}()

// optionNames returns the names of all samplers' options, in their order.
func optionNames() []string {
	var names []string
	seen := map[string]bool{"NoDenoise": true}
	for _, s := range smld.Samplers() {
		for _, o := range s.List() {
			if !seen[o.Name] {
				seen[o.Name], names = true, append(names, o.Name)
			}
		}
	}
	return names
}

// namedOption is an option of a sampler.
type namedOption struct {
	sampler string
	smld.Option
}

// optionsNamed returns an option of each sampler that has it.
func optionsNamed(name string) []namedOption {
	var all []namedOption
	for _, s := range smld.Samplers() {
		for _, o := range s.List() {
			if o.Name == name {
				all = append(all, namedOption{s.Name, o})
			}
		}
	}
	return all
}

// optionHelp is an option's help: what it is, for which samplers, in which limits and with which default.
// Samplers with one help, limits and default stand together.
func optionHelp(name string) string {
	var parts []string
	options := optionsNamed(name)
	for len(options) > 0 {
		first := options[0]
		var names []string
		rest := options[:0:0]
		for _, o := range options {
			if o.Help == first.Help && o.Limits == first.Limits && o.Default == first.Default {
				names = append(names, o.sampler)
			} else {
				rest = append(rest, o)
			}
		}
		part := strings.Join(names, ", ") + ": " + first.Help
		var notes []string
		if first.Limits != "" {
			notes = append(notes, first.Limits)
		}
		if first.Default != "" {
			notes = append(notes, "default "+first.Default)
		}
		if len(notes) > 0 {
			part += " (" + strings.Join(notes, ", ") + ")"
		}
		parts, options = append(parts, part), rest
	}
	return "Of " + strings.Join(parts, "; ") + "."
}

func placeholder(o namedOption) string {
	switch o.Type.Kind() {
	case reflect.Int:
		return "N"
	case reflect.String:
		return "NAME"
	}
	return "X"
}

// options returns those whose flags were given.
func (f *samplerFlags) samplerOptions() smld.Options {
	options := smld.Options{}
	if !f.Denoise {
		options["NoDenoise"] = true
	}
	if len(f.Flags) == 0 {
		return options
	}
	v := reflect.ValueOf(f.Flags[0]).Elem()
	for i := range v.NumField() {
		p := v.Field(i)
		if p.IsNil() {
			continue
		}
		switch x := p.Elem().Interface().(type) {
		case count:
			options[v.Type().Field(i).Name] = int(x)
		case positive:
			options[v.Type().Field(i).Name] = float64(x)
		default:
			options[v.Type().Field(i).Name] = x
		}
	}
	return options
}

// described returns an error about an option in the words of its flag.
func described(err error) error {
	var unused *smld.UnusedOptionError
	var wrong *smld.OptionError
	switch {
	case errors.As(err, &unused):
		return usage("%s", unused.Describe("--"+setup.OptionFlag(unused.Option)))
	case errors.As(err, &wrong):
		return usage("%s", wrong.Describe("--"+setup.OptionFlag(wrong.Option)))
	}
	return err
}
