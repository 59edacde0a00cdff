package arm64

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/arch/arm64/arm64asm"
)

// encoded is a WORD of the generated file and the instruction that its comment says it is.
type encoded struct {
	word uint32
	arm  string
}

// generated returns every WORD of the kernels.
func generated(t *testing.T) []encoded {
	t.Helper()
	text, err := os.ReadFile("../../kernels/kernels_arm64.s")
	if err != nil {
		t.Fatal(err)
	}
	var all []encoded
	form := regexp.MustCompile(`(?m)^\tWORD +\$0x([0-9a-f]{8}) // (.*)$`)
	for _, m := range form.FindAllSubmatch(text, -1) {
		w, err := strconv.ParseUint(string(m[1]), 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, encoded{uint32(w), string(m[2])})
	}
	if n := bytes.Count(text, []byte("WORD")); n != len(all) || n == 0 {
		t.Fatalf("%d of %d WORDs have the form WORD $0x01234567 // instruction", len(all), n)
	}
	return all
}

// TestWords decodes every WORD and compares it with its comment.
func TestWords(t *testing.T) {
	seen := map[encoded]bool{}
	for _, e := range generated(t) {
		if seen[e] {
			continue
		}
		seen[e] = true
		instruction, err := arm64asm.Decode(binary.LittleEndian.AppendUint32(nil, e.word))
		if err != nil {
			t.Errorf("%08x, %s: %v", e.word, e.arm, err)
			continue
		}
		want := strings.TrimSuffix(e.arm, ".0") // arm64asm writes 0.0 as 0
		if got := arm64asm.GNUSyntax(instruction); got != want {
			t.Errorf("%08x is %s, its comment says %s", e.word, got, e.arm)
		}
	}
}

// TestWordsAssembled lets other assemblers translate every comment, and compares their result with the WORD.
func TestWordsAssembled(t *testing.T) {
	all := generated(t)
	dir := t.TempDir()
	source, object := filepath.Join(dir, "a.s"), filepath.Join(dir, "a.o")
	binaryFile := filepath.Join(dir, "a.bin")
	var text bytes.Buffer
	for _, e := range all {
		text.WriteString(e.arm + "\n")
	}
	if err := os.WriteFile(source, text.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tools := range [][2][]string{
		{
			{"aarch64-linux-gnu-as", "-o", object, source},
			{"aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", object, binaryFile},
		}, {
			{"llvm-mc-19", "-triple=aarch64", "-filetype=obj", "-o", object, source},
			{"llvm-objcopy-19", "-O", "binary", "-j", ".text", object, binaryFile},
		},
	} {
		t.Run(tools[0][0], func(t *testing.T) {
			for _, tool := range tools {
				if _, err := exec.LookPath(tool[0]); err != nil {
					t.Skip(err)
				}
				if out, err := exec.Command(tool[0], tool[1:]...).CombinedOutput(); err != nil {
					t.Fatalf("%v: %v\n%s", tool, err, out)
				}
			}
			code, err := os.ReadFile(binaryFile)
			if err != nil {
				t.Fatal(err)
			}
			if len(code) != 4*len(all) {
				t.Fatalf("%d bytes of code from %d instructions", len(code), len(all))
			}
			for i, e := range all {
				if got := binary.LittleEndian.Uint32(code[4*i:]); got != e.word {
					t.Errorf("%s is %08x, the WORD is %08x", e.arm, got, e.word)
				}
			}
		})
	}
}

// TestRanges: what does not fit into an instruction's field panics.
func TestRanges(t *testing.T) {
	for name, f := range map[string]func(){
		"lane":        func() { S4.FMLAE(NewV(), NewV(), NewV(), 4) },
		"lane 2D":     func() { D2.FMLAE(NewV(), NewV(), NewV(), 2) },
		"no shift":    func() { S4.SSHR(NewV(), NewV(), 0) },
		"far shift":   func() { S4.SSHR(NewV(), NewV(), 33) },
		"no register": func() { word{fields: []field{{NewV().virtual, 0}}, arm: "x v%d"}.Asm() },
		"register 32": func() { word{fields: []field{{&virtual{number: 32}, 0}}, arm: "x v%d"}.Asm() },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}
