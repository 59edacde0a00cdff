// Package arm64 is an assembler for kernels in NEON. It works in the manner of avo's build package, which
// knows only x86. A program calls one function for each instruction, on as many virtual registers as it
// likes. Write lets avo's printer write the assembly file and its Go stubs.
//
// Operands stand in the order of Arm's manual, the result first. Go's assembler lacks most vector arithmetic.
// Those instructions become WORDs, with Arm's notation in a comment.
package arm64

import (
	"fmt"
	"os"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/buildtags"
	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/printer"
)

// The program that is being written.
var (
	file      = newFile()
	function  *ir.Function
	steps     []step // of function, in order
	constants table
)

// step is an instruction or a label together with what register allocation has to know about it.
type step struct {
	label         string
	uses, sets    []*virtual
	target        string // of a branch
	falls, leaves bool   // a branch may fall through; a return leaves
}

func newFile() *ir.File {
	f := ir.NewFile()
	f.Includes = []string{"textflag.h"}
	c, err := buildtags.ParseConstraint("!purego")
	if err != nil {
		panic(err)
	}
	f.Constraints = buildtags.Constraints{c}
	return f
}

// Begin begins a function that keeps no reference to its arguments.
func Begin(name, signature string, doc ...string) {
	finish()
	s, err := gotypes.ParseSignature(signature)
	if err != nil {
		panic(fmt.Sprintf("arm64: %s: %v", name, err))
	}
	function = ir.NewFunction(name)
	function.SetSignature(s)
	function.Doc = doc
	function.AddPragma("noescape")
	file.AddSection(function)
}

// finish gives the function's registers their numbers.
func finish() {
	if function == nil {
		return
	}
	if function.LocalSize == 0 {
		function.Attributes = attr.NOSPLIT
	}
	allocate(function.Name, steps)
	function, steps = nil, nil
}

// Write writes the assembly file and the stubs.
func Write(assembly, stubs, pkg string) error {
	finish()
	constants.emit(file)
	cfg := printer.Config{Name: "gen", Pkg: pkg}
	printers := map[string]printer.Printer{assembly: printer.NewGoAsm(cfg), stubs: printer.NewStubs(cfg)}
	for path, p := range printers {
		text, err := p.Print(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// emit appends an instruction in the notation of Go's assembler.
func emit(opcode string, s step, operands ...operand.Op) {
	function.AddInstruction(&ir.Instruction{
		Opcode: opcode, Operands: operands,
		IsTerminal: s.leaves, IsBranch: s.target != "", IsConditional: s.falls,
	})
	steps = append(steps, s)
}

// Label marks a place.
func Label(name string) {
	function.AddLabel(ir.Label(name))
	steps = append(steps, step{label: name})
}

// Local reserves memory in the function's frame and returns its address in a register.
func Local(bytes int) X {
	bytes = (bytes + 15) &^ 15
	function.LocalSize += bytes
	x := NewX()
	emit("MOVD", step{sets: []*virtual{x.virtual}}, text(fmt.Sprintf("$local-%d(SP)", function.LocalSize)), x)
	return x
}

// Argument returns a new register with an integer or a pointer that the function was called with.
func Argument(name string) X {
	x := NewX()
	emit("MOVD", step{sets: []*virtual{x.virtual}}, parameter(name), x)
	return x
}

// FloatArgument returns a new register with a float32 argument in every lane.
func FloatArgument(name string) V {
	v := NewV()
	emit("FMOVS", step{sets: []*virtual{v.virtual}}, parameter(name), scalar{v})
	S4.DUP(v, v, 0)
	return v
}

// DoubleArgument returns a new register with a float64 argument in every lane.
func DoubleArgument(name string) V {
	v := NewV()
	emit("FMOVD", step{sets: []*virtual{v.virtual}}, parameter(name), scalar{v})
	D2.DUP(v, v, 0)
	return v
}

// parameter returns where an argument is.
func parameter(name string) operand.Op {
	b, err := function.Signature.Params().Lookup(name).Resolve()
	if err != nil {
		panic(fmt.Sprintf("arm64: %s: %v", function.Name, err))
	}
	return b.Addr
}

// text is an operand that is printed as it is.
type text string

func (t text) Asm() string { return string(t) }
