package smld

import (
	"math"
	"reflect"
	"strconv"
)

// completed returns options with the defaults in the place of zeros, and an OptionError for a number that its
// option cannot have.
func completed[O any](o O) (O, error) {
	v := reflect.ValueOf(&o).Elem()
	for f := range v.Type().Fields() {
		field := v.FieldByIndex(f.Index)
		if text, ok := f.Tag.Lookup("default"); ok && field.IsZero() {
			if err := parse(field, text); err != nil {
				panic(err) // of a tag
			}
		}
		if err := checkOption(f, field); err != nil {
			return o, err
		}
	}
	return o, nil
}

// checkOption returns an OptionError unless the option may have the value. It may have zero where that is no
// default, since that is like an option that is not given.
func checkOption(f reflect.StructField, v reflect.Value) error {
	var x float64
	switch v.Kind() {
	case reflect.Int:
		x = float64(v.Int())
	case reflect.Float64:
		x = v.Float()
	default:
		return nil
	}
	_, byDefault := f.Tag.Lookup("default")
	least, most := limit(f, "least", 0), limit(f, "most", math.MaxFloat64)
	if x == 0 && !byDefault || x != 0 && x >= least && x <= most {
		return nil
	}
	want := limits(f)
	switch {
	case want != "":
	case byDefault:
		want = "a number above zero"
	default:
		want = "a number not below zero"
	}
	return &OptionError{f.Name, v.Interface(), want}
}

// limit returns the number of a tag, or another one where there is no such tag.
func limit(f reflect.StructField, tag string, without float64) float64 {
	text, ok := f.Tag.Lookup(tag)
	if !ok {
		return without
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err) // of a tag
	}
	return x
}

// limits returns in words what the tags say of an option's numbers, or nothing.
func limits(f reflect.StructField) string {
	least, most := f.Tag.Get("least"), f.Tag.Get("most")
	switch {
	case least != "" && most != "":
		return least + " to " + most
	case least != "":
		return "at least " + least
	case most != "":
		return "at most " + most
	}
	return ""
}
