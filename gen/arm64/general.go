package arm64

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

func registers(xs ...X) []*virtual {
	var v []*virtual
	for _, x := range xs {
		v = append(v, x.virtual)
	}
	return v
}

// immediate is a number in an instruction of a general register. The assembler takes what does not fit to
// R27.
func immediate(n int) operand.Op { return text(fmt.Sprintf("$%d", n)) }

// MOV sets d = n.
func MOV(d, n X) { emit("MOVD", step{uses: registers(n), sets: registers(d)}, n, d) }

// MOVI sets d to a constant.
func MOVI(d X, n int64) { emit("MOVD", step{sets: registers(d)}, text(fmt.Sprintf("$%d", n)), d) }

// MOVW sets d to the low 32 bits of n.
func MOVW(d, n X) { emit("MOVWU", step{uses: registers(n), sets: registers(d)}, n, d) }

// COPY returns a new register with n's value.
func COPY(n X) X {
	d := NewX()
	MOV(d, n)
	return d
}

func three(opcode string, d, n, m X) {
	emit(opcode, step{uses: registers(n, m), sets: registers(d)}, m, n, d)
}

func two(opcode string, d, n X, m int) {
	emit(opcode, step{uses: registers(n), sets: registers(d)}, immediate(m), n, d)
}

// ADD sets d = n+m.
func ADD(d, n, m X) { three("ADD", d, n, m) }

// ADDI sets d = n+m.
func ADDI(d, n X, m int) { two("ADD", d, n, m) }

// ADDW sets d = n+m in 32 bits.
func ADDW(d, n, m X) { three("ADDW", d, n, m) }

// SUB sets d = n-m.
func SUB(d, n, m X) { three("SUB", d, n, m) }

// SUBI sets d = n-m.
func SUBI(d, n X, m int) { two("SUB", d, n, m) }

// SUBS sets d = n-m and the flags.
func SUBS(d, n X, m int) { two("SUBS", d, n, m) }

// ADDS sets d = n+m and the flags.
func ADDS(d, n X, m int) { two("ADDS", d, n, m) }

// MUL sets d = n*m.
func MUL(d, n, m X) { three("MUL", d, n, m) }

// EOR sets d = n^m.
func EOR(d, n, m X) { three("EOR", d, n, m) }

// ORR sets d = n|m.
func ORR(d, n, m X) { three("ORR", d, n, m) }

// LSL sets d = n<<m.
func LSL(d, n X, m int) { two("LSL", d, n, m) }

// LSR sets d = n>>m.
func LSR(d, n X, m int) { two("LSR", d, n, m) }

// CMP sets the flags to those of n-m.
func CMP(n X, m int) { emit("CMP", step{uses: registers(n)}, immediate(m), n) }

// CMPX sets the flags to those of n-m.
func CMPX(n, m X) { emit("CMP", step{uses: registers(n, m)}, m, n) }

// CSELLT sets d to n if the last comparison found less, and to m otherwise.
func CSELLT(d, n, m X) {
	emit("CSEL", step{uses: registers(n, m), sets: registers(d)}, text("LT"), n, m, d)
}

// TBZ goes to a label if a bit of n is zero.
func TBZ(n X, bit int, label string) {
	emit("TBZ", step{uses: registers(n), target: label, falls: true}, immediate(bit), n, text(label))
}

// CBZ goes to a label if n is zero.
func CBZ(n X, label string) {
	emit("CBZ", step{uses: registers(n), target: label, falls: true}, n, text(label))
}

// CBNZ goes to a label unless n is zero.
func CBNZ(n X, label string) {
	emit("CBNZ", step{uses: registers(n), target: label, falls: true}, n, text(label))
}

func conditional(opcode, label string) { emit(opcode, step{target: label, falls: true}, text(label)) }

// BEQ goes to a label if the last comparison found equality.
func BEQ(label string) { conditional("BEQ", label) }

// BNE goes to a label unless the last comparison found equality.
func BNE(label string) { conditional("BNE", label) }

// BLT goes to a label if the last comparison found less.
func BLT(label string) { conditional("BLT", label) }

// BLE goes to a label if the last comparison found less or equal.
func BLE(label string) { conditional("BLE", label) }

// BGE goes to a label if the last comparison found greater or equal.
func BGE(label string) { conditional("BGE", label) }

// BGT goes to a label if the last comparison found greater.
func BGT(label string) { conditional("BGT", label) }

// B goes to a label.
func B(label string) { emit("B", step{target: label}, text(label)) }

// RET returns.
func RET() { emit("RET", step{leaves: true}) }
