package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// print prints the table of a sweep as CSV: for each training the settings that differ, the steps, and the
// mean over noise levels of the loss on points that are not trained on, where there are some. It returns an
// error unless all trainings are complete.
func (p *plan) print(w io.Writer, dir string) error {
	var missing []string
	var rows [][]string
	for i, q := range p.Points {
		run := &runDir{path: pointDir(dir, i)}
		complete, steps, loss, err := outcome(run)
		if err != nil {
			return err
		}
		if !complete {
			missing = append(missing, strconv.Itoa(i))
			continue
		}
		row := []string{strconv.Itoa(i)}
		for _, name := range p.Names {
			text, err := cell(q[name])
			if err != nil {
				return err
			}
			row = append(row, text)
		}
		rows = append(rows, append(row, strconv.Itoa(steps), loss))
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s lacks %d of %d trainings: %s: run their shards again", dir, len(missing), len(p.Points),
			strings.Join(missing, ", "))
	}
	table := csv.NewWriter(w)
	header := append([]string{"training"}, p.Names...)
	if err := table.WriteAll(slices.Insert(rows, 0, append(header, "steps_done", "held_out_loss"))); err != nil {
		return fmt.Errorf("cannot print the table: %w", err)
	}
	return nil
}

// cell returns a value as a cell of a table: a text without quotes, and all else as JSON.
func cell(value json.RawMessage) (string, error) {
	var text string
	if value == nil || json.Unmarshal(value, &text) == nil {
		return text, nil
	}
	var line bytes.Buffer
	err := json.Compact(&line, value)
	return line.String(), err
}

// outcome returns whether a run is complete, its steps and its last held-out loss.
func outcome(run *runDir) (complete bool, steps int, loss string, err error) {
	if _, err := os.Stat(run.model()); errors.Is(err, fs.ErrNotExist) {
		return false, 0, "", nil
	}
	info, _, err := describeRun(run)
	if err != nil || !info.Complete {
		return false, 0, "", err
	}
	last, err := run.lastHeldOut()
	if err != nil || last == nil {
		return true, info.Done, "", err
	}
	sum := 0.0
	for _, l := range last.HeldOut {
		if l.Loss == nil {
			return true, info.Done, "NaN", nil
		}
		sum += *l.Loss
	}
	return true, info.Done, strconv.FormatFloat(sum/float64(len(last.HeldOut)), 'g', 6, 64), nil
}
