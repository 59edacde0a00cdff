package main

// checkOut returns an error unless the model file can be written and is none of the files that are read.
func (t *train) checkOut() error {
	if t.Out == "" {
		return nil
	}
	outputs := []string{t.Out}
	if t.Dir == "" && t.Resume == "" {
		outputs = append(outputs, partial(t.Out))
	}
	if err := checkOutputs(outputs...); err != nil {
		return err
	}
	return checkApart(t.Data, outputs...)
}
