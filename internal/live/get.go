package live

import (
	"bytes"
	"errors"
	"fmt"
	"path"

	"github.com/seed964deb49/langevin/dataset"
)

// mostFiles is how many bytes may wait for the listener when a file is made.
const mostFiles = 8 << 20

// get makes a file.
func (w *worker) get(r request) error {
	if w.out.size() > mostFiles {
		return errors.New("the file before is still on its way: ask again when it is there")
	}
	var name string
	var body []byte
	var err error
	switch r.What {
	case "model":
		name, body, err = w.modelFile(r.Of)
	case "samples":
		name, body, err = w.samplesFile(r.Of, r.Format)
	case "data":
		name, body, err = w.dataFile()
	default:
		err = fmt.Errorf("a file of %.40q: want model, samples or data", r.What)
	}
	if err != nil {
		return err
	}
	w.out.post(File{Event: "file", Name: name, Type: types[path.Ext(name)]}, body)
	return nil
}

// types are the MIME types of files by their endings.
var types = map[string]string{
	".safetensors": "application/octet-stream", ".npy": "application/octet-stream", ".csv": "text/csv",
	".png": "image/png", ".npz": "application/zip", ".gz": "application/gzip", ".txt": "text/plain",
	".tsv": "text/tab-separated-values", ".data": "text/plain", ".dat": "text/plain", "": "application/octet-stream",
}

// drawn returns the samples of a drawing.
func (w *worker) drawn(of string) (*drawnResult, error) {
	if of != "" && of != "a" && of != "b" {
		return nil, fmt.Errorf("samples of the drawing %.40q: want a or b", of)
	}
	if d := w.drawings.done[place(of)]; d != nil {
		return d, nil
	}
	return nil, errors.New("there are no samples yet: draw some first")
}

// modelFile makes the file of the model as it is now, or, of a drawing, of the model that was drawn from.
func (w *worker) modelFile(of string) (string, []byte, error) {
	if w.training == nil && w.model == nil {
		return "", nil, errNoModel
	}
	m, _ := w.current()
	if of != "" {
		d, err := w.drawn(of)
		if err != nil {
			return "", nil, err
		}
		m = d.model
	}
	var b bytes.Buffer
	err := m.Write(&b)
	return "model.safetensors", b.Bytes(), err
}

// samplesFile makes a file of samples.
func (w *worker) samplesFile(of, format string) (string, []byte, error) {
	d, err := w.drawn(of)
	if err != nil {
		return "", nil, err
	}
	name := "samples." + format
	switch format {
	case "npy", "csv":
		var b bytes.Buffer
		err := dataset.WriteTo(&b, name, d.table())
		return name, b.Bytes(), err
	case "png":
		if w.config.PNG == nil {
			return "", nil, errors.New("there are no pictures here: take the samples as npy or csv")
		}
		picture, err := w.config.PNG(d.model.Rows(d.points), d.model, d.drawing.Class)
		return name, picture, err
	}
	return "", nil, fmt.Errorf("samples in the format %.40q: want npy, csv or png", format)
}

// table returns the samples as the command writes them.
func (d *drawnResult) table() dataset.Table {
	m := d.model
	t := dataset.Table{X: m.Rows(d.points), Shape: m.Data.Shape, Double: m.Data.Double}
	if m.Encoding != nil {
		t.Columns = m.Encoding.Columns
	}
	if d.labels != nil {
		t.Labels, t.Classes, t.ClassColumn = d.labels, m.Data.Classes, m.Data.ClassColumn
	}
	return t
}

// dataFile makes the file of data that were uploaded.
func (w *worker) dataFile() (string, []byte, error) {
	switch {
	case w.chosen == nil:
		return "", nil, errNoData
	case w.chosen.raw == nil:
		return "", nil, fmt.Errorf("the command takes %s by that name: there is no file to save",
			w.chosen.source.title)
	}
	return path.Base(w.chosen.source.command()), w.chosen.raw, nil
}
