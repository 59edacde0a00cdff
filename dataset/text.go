package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// readText returns a text file in UTF-8 with lines that end in \n or \r\n. The file is UTF-8, with a byte
// order mark or without one, or UTF-16 with one; lines may end in \r too, as on old Macintoshes.
func readText(name string, r *io.SectionReader) (string, error) {
	var data strings.Builder
	data.Grow(int(r.Size()))
	n, err := io.Copy(&data, r)
	if err != nil {
		return "", fmt.Errorf("%s: cannot read the file: %w", name, oserror.Cause(err))
	}
	if n < r.Size() {
		return "", fmt.Errorf("%s: the file has become shorter while it was read; read it again when it is complete", name)
	}
	text, err := decodeText(data.String())
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if strings.Count(text, "\r") > strings.Count(text, "\r\n") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	for _, e := range excelErrors { // at the start of a line they would be comments
		text = strings.ReplaceAll(text, "\n"+e, "\nN/A")
		if rest, ok := strings.CutPrefix(text, e); ok {
			text = "N/A" + rest
		}
	}
	return text, nil
}

// decodeText returns the text that data stand for, without a byte order mark.
func decodeText(data string) (string, error) {
	switch {
	case strings.HasPrefix(data, "\xff\xfe\x00\x00"):
		return "", errors.New("the text is UTF-32; save it as UTF-8, iconv -f UTF-32 -t UTF-8")
	case strings.HasPrefix(data, "\xff\xfe"):
		return decodeUTF16([]byte(data[2:]), binary.LittleEndian)
	case strings.HasPrefix(data, "\xfe\xff"):
		return decodeUTF16([]byte(data[2:]), binary.BigEndian)
	}
	return checkText(strings.TrimPrefix(data, "\ufeff"))
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", errors.New("the text is UTF-16 and ends in half a character; copy or download it again")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return checkText(string(utf16.Decode(units)))
}

// checkText returns text unless it holds what no text holds.
func checkText(text string) (string, error) {
	line := 1
	for i, c := range text {
		switch {
		case c == '\n':
			line++
		case c == 0:
			return "", fmt.Errorf("line %d has a byte 0, so that this is no text file; if it is UTF-16 without a byte "+
				"order mark, save it as UTF-8, iconv -f UTF-16LE -t UTF-8", line)
		case c < ' ' && (c < '\t' || c > '\r') || c == 0x7f:
			return "", fmt.Errorf("line %d has the control character 0x%02x, so that this is no text file", line, c)
		case c == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd"):
			return "", fmt.Errorf("line %d has the byte 0x%02x, which is not UTF-8; save the text as UTF-8, such as by "+
				"iconv -f WINDOWS-1252 -t UTF-8", line, text[i])
		}
	}
	return text, nil
}
