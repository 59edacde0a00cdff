package live

import (
	"encoding/json"
	"fmt"
)

// Wanted returns which session a hello asks for, or nothing where it is content with any, and an error for
// messages that are no hello.
func Wanted(message []byte) (session string, err error) {
	header, _, err := Split(message)
	if err != nil {
		return "", err
	}
	var r Request
	if err := json.Unmarshal(header, &r); err != nil {
		return "", fmt.Errorf("a header that is no request: %w", err)
	}
	if r.Do != "hello" {
		return "", fmt.Errorf("a request to do %q before hello", r.Do)
	}
	return r.Session, nil
}

// DefaultLimits are those that a session has by default.
func DefaultLimits() Limits { return Limits{Upload: 64 << 20} }
