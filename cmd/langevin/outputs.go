package main

import "cmp"

// checkOut returns an error unless the model file can be written and is none of the files that are read.
func (t *train) checkOut() error {
	if t.Out == "" {
		return nil
	}
	if err := checkOutputs(t.Out); err != nil {
		return err
	}
	return cmp.Or(checkApart(t.Data, t.Out), checkApart(t.From, t.Out), checkApart(t.Labels, t.Out), checkModelName(t.Out))
}
