package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/picture"
)

// save draws the loss over the training steps, as it is and smoothed, and the learning rate.
func (c *lossCurve) save(path string) error {
	points := make([]picture.LossPoint, len(c.points))
	for i, p := range c.points {
		points[i] = picture.LossPoint{Step: p.step, Loss: p.loss, Mean: p.mean, Rate: p.rate}
	}
	drawn, err := picture.Loss(points, "batch", fmt.Sprintf("mean of the last %d", setup.RecentLosses))
	return savePicture(path, drawn, err)
}

// readMetrics returns the lines of the metrics, without a last one that is not whole.
func (d *runDir) readMetrics() ([]metricsLine, error) {
	text, err := os.ReadFile(d.metrics())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the metrics: %w", err)
	}
	var all []metricsLine
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var line metricsLine
		if json.Unmarshal(lines.Bytes(), &line) != nil {
			break
		}
		all = append(all, line)
	}
	return all, nil
}

// lossPoints returns the losses of metrics, each the mean of the batches since the one before.
func lossPoints(lines []metricsLine) (points []picture.LossPoint) {
	for _, line := range lines {
		if line.Loss != nil {
			p := picture.LossPoint{Step: line.Step, Loss: *line.Loss}
			if line.Rate != nil {
				p.Rate = *line.Rate
			}
			points = append(points, p)
		}
	}
	return points
}

// heldOutLosses returns the held-out losses of metrics.
func heldOutLosses(lines []metricsLine) (moments []picture.HeldOutLosses) {
	for _, line := range lines {
		m := picture.HeldOutLosses{Step: line.Step}
		for _, at := range line.HeldOut {
			if at.Loss != nil {
				m.Sigmas, m.Losses = append(m.Sigmas, float64(at.Sigma)), append(m.Losses, *at.Loss)
			}
		}
		if len(m.Sigmas) > 0 {
			moments = append(moments, m)
		}
	}
	return moments
}

// drawMetrics draws the losses and the held-out losses of a run, those that there are.
func (d *runDir) drawMetrics() error {
	lines, err := d.readMetrics()
	if err != nil {
		return err
	}
	if points := lossPoints(lines); len(points) > 0 {
		p, err := picture.Loss(points, "", "")
		if err := savePicture(d.file("loss.png"), p, err); err != nil {
			return err
		}
	}
	if moments := heldOutLosses(lines); len(moments) > 0 {
		p, err := picture.HeldOut(moments)
		return savePicture(d.file("held-out.png"), p, err)
	}
	return nil
}
