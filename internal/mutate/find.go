package main

import (
	"go/ast"
	"go/token"
	"strings"
)

// finder gathers the changes of a file.
type finder struct {
	name   string
	source []byte
	file   *token.File
	all    []change
}

// others are the operators that take the place of an operator.
var others = map[token.Token]string{
	token.ADD: "-", token.SUB: "+", token.MUL: "+", token.QUO: "*", token.REM: "/",
	token.AND: "|", token.OR: "&", token.XOR: "|", token.AND_NOT: "&", token.SHL: ">>", token.SHR: "<<",
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&",
	token.ADD_ASSIGN: "-=", token.SUB_ASSIGN: "+=", token.MUL_ASSIGN: "/=", token.QUO_ASSIGN: "*=",
	token.XOR_ASSIGN: "|=", token.OR_ASSIGN: "&=", token.AND_ASSIGN: "|=", token.SHL_ASSIGN: ">>=",
	token.SHR_ASSIGN: "<<=",
}

// visit adds the changes of a node. What a panic or an error says is left as it is.
func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if text, ok := others[n.Op]; ok && !f.isString(n.X) && !f.isString(n.Y) {
			f.add(n, n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), text)
		}
	case *ast.AssignStmt:
		if text, ok := others[n.Tok]; ok {
			f.add(n, n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), text)
		}
	case *ast.UnaryExpr:
		if n.Op == token.SUB || n.Op == token.NOT {
			f.add(n, n.OpPos, n.OpPos+1, "")
		}
	case *ast.BasicLit:
		f.literal(n)
	case *ast.IndexExpr:
		if _, literal := n.Index.(*ast.BasicLit); !literal {
			f.add(n, n.Index.End(), n.Index.End(), "+1")
		}
	case *ast.CallExpr:
		if f.speaks(n) {
			return false
		}
		f.operands(n)
	}
	return true
}

// literal changes a number: an integer by one, another by a thousandth.
func (f *finder) literal(n *ast.BasicLit) {
	switch n.Kind {
	case token.INT:
		f.add(n, n.Pos(), n.End(), "("+n.Value+"+1)")
	case token.FLOAT:
		f.add(n, n.Pos(), n.End(), "("+n.Value+"*1.001+1e-30)")
	}
}

// operands swaps the last two operands of a call, and the first two where there are more than two. Factors of
// a product may be swapped without effect, so that of a fused one only the last two are.
func (f *finder) operands(n *ast.CallExpr) {
	last := len(n.Args) - 1
	if last < 1 {
		return
	}
	f.swap(n, n.Args[last-1], n.Args[last])
	called := strings.ToLower(f.text(n.Fun))
	if last > 1 && !strings.Contains(called, "fma") {
		f.swap(n, n.Args[0], n.Args[1])
	}
}

// swap exchanges two expressions that differ.
func (f *finder) swap(n ast.Node, x, y ast.Expr) {
	if a, b := f.text(x), f.text(y); a != b {
		between := string(f.source[f.file.Offset(x.End()):f.file.Offset(y.Pos())])
		f.add(n, x.Pos(), y.End(), b+between+a)
	}
}

// speaks reports whether a call makes a message.
func (f *finder) speaks(n *ast.CallExpr) bool {
	called := f.text(n.Fun)
	for _, name := range []string{"panic", "fmt.", "errors.", "Comment", "fail"} {
		if called == name || strings.HasSuffix(name, ".") && strings.HasPrefix(called, name) {
			return true
		}
	}
	return false
}

// isString reports whether an expression is or begins with a string.
func (f *finder) isString(x ast.Expr) bool {
	text := f.text(x)
	return strings.HasPrefix(text, `"`) || strings.HasSuffix(text, `"`)
}

// text is the source of a node.
func (f *finder) text(n ast.Node) string {
	return string(f.source[f.file.Offset(n.Pos()):f.file.Offset(n.End())])
}

// add notes a change of the bytes from one place to another within a node.
func (f *finder) add(n ast.Node, from, to token.Pos, text string) {
	begin, a, b := f.file.Offset(n.Pos()), f.file.Offset(from), f.file.Offset(to)
	old := f.text(n)
	f.all = append(f.all, change{
		file: f.name, line: f.file.Line(from), from: a, to: b, text: text,
		old: short(old), new: short(old[:a-begin] + text + old[b-begin:]),
	})
}

// short is a text in one line that is not too long.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 90 {
		s = s[:87] + "..."
	}
	return s
}
