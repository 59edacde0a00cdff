package live

// The requests of a page and the events that answer them. A request is a message whose header has "do", an
// event one whose header has "event". Numbers of points are in units of the data, rows first.

// Request is the header of a request. Do says which fields count.
//
//	hello   the first request of a connection            -> Hello, and what the session has: Data, Training, ...
//	data    choose data: Name, or Files with their bytes -> Data
//	train   begin a training with Settings               -> Training, then State, Losses, HeldOut, Frame, ...
//	pause   pause the training                           -> State
//	go      go on with it                                -> State
//	reset   forget training and model                    -> State
//	watch   what to draw from now on: Watch              -> Field, Frame, Drawn
//	again   draw the samples of the watch once more      -> Frame, Drawn
//	get     make a file: What, Of, Format                -> File
//
// Attach answers hello. What cannot be carried out is answered by Failure. Of several requests to watch that wait,
// the last counts.
type Request struct {
	Do       string    `json:"do"`
	Session  string    `json:"session,omitempty"` // of hello: the session to go on with
	Name     string    `json:"name,omitempty"`    // of data: a name of Hello.Data
	Files    []Upload  `json:"files,omitempty"`   // of data: whose bytes are the body, one after the other
	Labels   string    `json:"labels,omitempty"`  // of data: the column of classes, or "class" for the digits; as train --labels
	Drop     []string  `json:"drop,omitempty"`    // of data: columns of a table to leave out, by name or number from 1
	Header   string    `json:"header,omitempty"`  // of data: "yes" or "no", where the first line may be names or values
	Settings *Settings `json:"settings,omitempty"`
	Watch    *Watch    `json:"watch,omitempty"`
	What     string    `json:"what,omitempty"`   // of get: "model", "samples" or "data", the file of uploaded points
	Of       string    `json:"of,omitempty"`     // of get: "a" or "b"; of a model that of the drawing, else the model as it is now
	Format   string    `json:"format,omitempty"` // of get: "npy", "csv" or "png"
}

// Upload is a file of a request. Several files, or one with a slash in its name, are a folder of images; a
// .safetensors file is a model to draw from.
type Upload struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// Settings are those of a training. What is nil or empty is chosen by the data.
type Settings struct {
	Steps  int     `json:"steps,omitempty"`
	Batch  int     `json:"batch,omitempty"`
	Hidden []int   `json:"hidden,omitempty"`
	Rate   float64 `json:"rate,omitempty"`
	Seed   *uint64 `json:"seed,omitempty"` // 1 by default
}

// Watch says what to draw of a model while it trains and after.
type Watch struct {
	A     *Drawing `json:"a,omitempty"`
	B     *Drawing `json:"b,omitempty"`     // beside it, to compare
	Field bool     `json:"field,omitempty"` // also the score field of points of the plane
	Sigma float64  `json:"sigma,omitempty"` // its level, in units of the model; 0 is the geometric mean of the levels
}

// Drawing says how samples are drawn.
type Drawing struct {
	Sampler  string         `json:"sampler"`
	Options  map[string]any `json:"options,omitempty"` // by the names of Hello.Samplers' options
	N        int            `json:"n"`
	Seed     uint64         `json:"seed"`
	Class    string         `json:"class,omitempty"`    // as sample --class; "all" is every class in turn
	Guidance *float64       `json:"guidance,omitempty"` // as sample --guidance
}

// Hello says what there is to choose.
type Hello struct {
	Event    string        `json:"event"` // "hello"
	Session  string        `json:"session"`
	Resumed  bool          `json:"resumed"` // whether it is the session that was asked for
	Version  string        `json:"version"`
	Backend  string        `json:"backend"` // the kernels in use
	Cores    int           `json:"cores"`
	Data     []DataChoice  `json:"data"`
	Samplers []SamplerInfo `json:"samplers"`
	Default  string        `json:"default"` // the sampler that is drawn with where nobody chooses
	Limits   Limits        `json:"limits"`
	Defaults Defaults      `json:"defaults"`
}

// DataChoice is data with a name.
type DataChoice struct {
	Name   string `json:"name"`
	About  string `json:"about"`            // a line
	Labels string `json:"labels,omitempty"` // what Request.Labels may be
}

// SamplerInfo is a sampler, as smld.Samplers lists them.
type SamplerInfo struct {
	Name    string       `json:"name"`
	Doc     string       `json:"doc"`
	Options []OptionInfo `json:"options"`
}

// OptionInfo is an option of a sampler.
type OptionInfo struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // "int", "float64", "bool" or "string"
	Default string `json:"default"`
	Limits  string `json:"limits"`
	Help    string `json:"help"`
}

// Limits bound what a session may ask for.
type Limits struct {
	Upload      int64 `json:"upload"` // bytes of a message
	Files       int   `json:"files"`  // of one upload
	Rows        int   `json:"rows"`   // of data
	Values      int   `json:"values"` // of data, and of samples
	Steps       int   `json:"steps"`
	Batch       int   `json:"batch"`
	Layers      int   `json:"layers"`
	Width       int   `json:"width"`       // of a layer
	N           int   `json:"n"`           // samples
	Evaluations int   `json:"evaluations"` // of the score for a sample, about
	Levels      int   `json:"levels"`      // of a sampler, and steps
}

// Defaults are where a page begins.
type Defaults struct {
	N      int `json:"n"`      // particles
	Images int `json:"images"` // of a grid
	// Settings are those that this place needs instead of the data's choice, as in a browser, which is slow, and
	// ImageSettings those for images.
	Settings      Settings `json:"settings"`
	ImageSettings Settings `json:"imageSettings"`
}

// Data tells of the data that were chosen. The body has the first Shown rows as float32, or as float64 where Double is
// set: float32 has no such values, or does not tell them apart. Bodies of Frame, Drawn and Field are so too.
type Data struct {
	Event   string       `json:"event"` // "data"
	Name    string       `json:"name"`  // of a choice, or of a file
	Kind    string       `json:"kind"`  // "plane" (two columns of numbers), "image" or "table"
	About   string       `json:"about"` // what was read, in a sentence
	Rows    int          `json:"rows"`
	Cols    int          `json:"cols"`
	Shown   int          `json:"shown"`
	Columns []string     `json:"columns"`
	Image   *ImageFormat `json:"image,omitempty"`
	Classes []string     `json:"classes,omitempty"`
	Endless bool         `json:"endless"`
	Low     []float64    `json:"low"` // of each column, where values begin, but for a few far away; of an image one for all
	High    []float64    `json:"high"`
	Plan    Settings     `json:"plan"`    // what would be chosen, with Defaults.Settings
	Command string       `json:"command"` // the file's name in command lines
	Double  bool         `json:"double,omitempty"`
}

// ImageFormat says where a pixel is: rows first, then columns, then channels.
type ImageFormat struct {
	Height   int `json:"height"`
	Width    int `json:"width"`
	Channels int `json:"channels"`
}

// Training tells of a training that has begun.
type Training struct {
	Event      string   `json:"event"` // "training"
	Settings   Settings `json:"settings"`
	Chosen     string   `json:"chosen"` // in a line, as train prints it
	SigmaMax   float64  `json:"sigmaMax"`
	SigmaMin   float64  `json:"sigmaMin"`
	Parameters int      `json:"parameters"`
	Command    string   `json:"command"` // the command line of the same training
}

// State tells how far a training is.
type State struct {
	Event   string  `json:"event"` // "state"
	Phase   string  `json:"phase"` // "idle", "training", "paused", "done" or "failed"
	Step    int     `json:"step"`
	Total   int     `json:"total"`
	Seconds float64 `json:"seconds"`           // spent on steps
	Speed   float64 `json:"speed"`             // steps a second, lately
	Loss    float64 `json:"loss"`              // mean of the last 200 batches
	Rate    float64 `json:"rate"`              // learning rate
	Message string  `json:"message,omitempty"` // of "failed": why, and what to do
}

// Losses has losses since the last of its kind. The body has rows of four float32: step, loss of the batch,
// mean of the last 200, learning rate.
type Losses struct {
	Event string `json:"event"` // "losses"
	Rows  int    `json:"rows"`
	Reset bool   `json:"reset"` // these are all there are: forget those before
}

// HeldOut has the losses of points that are not trained on, by noise level.
type HeldOut struct {
	Event  string    `json:"event"` // "heldout"
	Step   int       `json:"step"`
	Sigmas []float64 `json:"sigmas"`
	Losses []float64 `json:"losses"`
}

// Field is the score field at a level over the density of the data with noise of that level, which is zero
// everywhere for a model without data. Where the class of the drawing a is one, both are of that class. The body has
// Height rows of Width float32, the density in parts of its greatest value, and then ArrowRows rows of ArrowCols
// pairs, the expected clean point less the point, sigma^2 score, in units of the data. Both grids have a point
// in the middle of each cell; row 0 is the lowest.
type Field struct {
	Event     string     `json:"event"` // "field"
	Step      int        `json:"step"`
	Sigma     float64    `json:"sigma"`
	Bounds    [4]float64 `json:"bounds"` // least and greatest x, least and greatest y
	Width     int        `json:"width"`
	Height    int        `json:"height"`
	ArrowCols int        `json:"arrowCols"`
	ArrowRows int        `json:"arrowRows"`
	Double    bool       `json:"double,omitempty"`
}

// Frame has the points of a drawing on their way. Frame 0 has the noise, frame Total the samples. The body has
// Rows rows of Cols float32, the first of the samples: all of them, but no more than 131,072 values. Points of a
// plane are not rounded as samples are.
type Frame struct {
	Event  string  `json:"event"` // "frame"
	Of     string  `json:"of"`    // "a" or "b"
	Draw   int     `json:"draw"`  // the number of the drawing
	Frame  int     `json:"frame"`
	Total  int     `json:"total"`
	Sigma  float64 `json:"sigma"`
	Rows   int     `json:"rows"`
	Cols   int     `json:"cols"`
	Double bool    `json:"double,omitempty"`
}

// Drawn ends a drawing. The body has the samples, as Frame has points.
type Drawn struct {
	Event       string    `json:"event"` // "drawn"
	Of          string    `json:"of"`
	Draw        int       `json:"draw"`
	Step        int       `json:"step"` // of the training
	Rows        int       `json:"rows"`
	Cols        int       `json:"cols"`
	Evaluations float64   `json:"evaluations"` // of the score, for a sample
	Seconds     float64   `json:"seconds"`
	Measures    []Measure `json:"measures"`
	Digest      string    `json:"digest"`  // SHA-256 of the samples as .npy
	Command     string    `json:"command"` // the command line of the same samples
	Double      bool      `json:"double,omitempty"`
}

// Measure is a measure of samples.
type Measure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Floor float64 `json:"floor"` // of as many true points
	Text  string  `json:"text"`  // for people, such as "1.3 times that of true points"
	Good  bool    `json:"good"`
}

// File is a file that was asked for; the body has its bytes.
type File struct {
	Event string `json:"event"` // "file"
	Name  string `json:"name"`
	Type  string `json:"type"` // MIME
}

// Failure says that a request could not be carried out. The session goes on.
type Failure struct {
	Event   string `json:"event"` // "error"
	Do      string `json:"do"`
	Message string `json:"message"` // a sentence: what was wrong, where, and what to do
}

// Taken says that another page goes on with the session. Nothing comes after it.
type Taken struct {
	Event string `json:"event"` // "taken"
}
