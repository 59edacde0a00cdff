package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

// info is the command that describes files.
type info struct {
	File string `arg:"" placeholder:"FILE" help:"Model, checkpoint, run directory, file of data or name of a data set."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// describedFile is what info prints of a file.
type describedFile struct {
	Kind       string               `json:"kind"` // model, checkpoint, run or data
	File       string               `json:"file"`
	Model      *modelInfo           `json:"model,omitempty"`
	Checkpoint *smld.CheckpointInfo `json:"checkpoint,omitempty"`
	Run        *runInfo             `json:"run,omitempty"`
	Data       *dataInfo            `json:"data,omitempty"`
}

// Run describes a file.
func (f *info) Run(c *console) error {
	d, err := f.describe()
	if err != nil {
		return err
	}
	if f.JSON {
		return c.printJSON(d)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%s\n", d.Kind, d.File)
	if d.Run != nil {
		d.Run.print(w)
	}
	if d.Checkpoint != nil {
		printCheckpoint(w, d.Checkpoint)
	}
	if d.Model != nil {
		d.Model.print(w)
	}
	if d.Data != nil {
		d.Data.print(w)
	}
	return w.Flush()
}

// describe reads what the file is of.
func (f *info) describe() (*describedFile, error) {
	d := &describedFile{File: f.File}
	dir := runDir{path: f.File}
	if _, err := os.Stat(dir.config()); err == nil {
		d.Kind = "run"
		d.Run, d.Model, err = describeRun(&dir)
		return d, err
	}
	tensors, err := isSafetensors(f.File)
	switch {
	case err != nil:
		return nil, err
	case tensors:
		model, checkpoint, err := smld.Inspect(f.File)
		if err != nil {
			return nil, err
		}
		d.Kind, d.Model, d.Checkpoint = "model", describeModel(model), checkpoint
		if checkpoint != nil {
			d.Kind = "checkpoint"
		}
		return d, nil
	}
	d.Kind = "data"
	set, err := dataset.Load(f.File, 1, dataset.Options{Missing: true})
	if err != nil {
		return nil, err
	}
	d.Data = describeData(set)
	return d, nil
}

// isSafetensors tells whether a file begins as a safetensors file does: with the size of a header, which fits
// in the file and is an object of JSON.
func isSafetensors(path string) (bool, error) {
	file, err := os.Stat(path)
	if err != nil || !file.Mode().IsRegular() {
		return false, nil // a data set's name, or a folder
	}
	f, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("cannot read %s: %w", path, err)
	}
	defer f.Close()
	var begin [9]byte
	if _, err := io.ReadFull(f, begin[:]); err != nil {
		return false, nil
	}
	size := binary.LittleEndian.Uint64(begin[:])
	return begin[8] == '{' && size < uint64(file.Size()), nil
}

// printCheckpoint prints how far a training is and with which settings.
func printCheckpoint(w io.Writer, c *smld.CheckpointInfo) {
	fmt.Fprintf(w, "steps done\t%d, %d points\n", c.Step, c.Points)
	text, err := json.Marshal(c.Config)
	if err == nil {
		fmt.Fprintf(w, "training\t%s\n", text)
	}
	if c.DataSettings != nil {
		if text, err := json.Marshal(c.DataSettings); err == nil {
			fmt.Fprintf(w, "data settings\t%s\n", text)
		}
	}
	if c.DataHash != "" {
		fmt.Fprintf(w, "data hash\t%s\n", c.DataHash)
	}
}
