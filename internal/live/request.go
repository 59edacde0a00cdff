package live

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// request is a request with its body.
type request struct {
	Request
	body []byte
}

// requests are what a request may ask for.
var requests = []string{"hello", "data", "train", "pause", "go", "reset", "watch", "again", "get"}

// parse reads a request.
func parse(message []byte) (r request, err error) {
	header, body, err := Split(message)
	if err != nil {
		return r, err
	}
	d := json.NewDecoder(bytes.NewReader(header))
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(&r.Request); err != nil {
		return r, fmt.Errorf("a header that is no request: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return r, errors.New("a header with more than one object")
	}
	if !slices.Contains(requests, r.Do) {
		return r, fmt.Errorf("a request to do %.40q: want one of %s", r.Do, strings.Join(requests, ", "))
	}
	if len(body) > 0 && r.Do != "data" {
		return r, fmt.Errorf("a request to do %s with %d bytes beside it: want none", r.Do, len(body))
	}
	r.body = body
	return r, nil
}

// Wanted returns which session a hello asks for, or nothing where it is content with any, and an error for
// messages that are no hello.
func Wanted(message []byte) (session string, err error) {
	r, err := parse(message)
	switch {
	case err != nil:
		return "", err
	case r.Do != "hello":
		return "", fmt.Errorf("a request to do %q before hello", r.Do)
	}
	return r.Session, nil
}

// interrupts reports whether the request makes a drawing at hand useless.
func (r *request) interrupts() bool { return r.Do != "get" }
