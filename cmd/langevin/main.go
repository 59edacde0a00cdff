// Command langevin trains score models by denoising score matching, draws samples from them with Langevin dynamics and
// the other samplers of the field, and measures them.
// See langevin --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// console is where a command talks to people: results to out, progress to log. A command ends when its context
// does.
type console struct {
	ctx      context.Context
	out, log io.Writer
}

// run parses and carries out a command line and returns the exit code. Whatever goes wrong is one sentence on stderr
// and code 1.
func run(args []string, stdout, stderr io.Writer) int {
	var commands struct {
		Demo       demo       `cmd:"" help:"Train on the embedded handwritten digits and draw new ones; takes about a minute."`
		Train      train      `cmd:"" help:"Train a model."`
		Sample     sample     `cmd:"" help:"Draw samples from a model."`
		Eval       eval       `cmd:"" help:"Measure samples of a model, or of every sampler with exact scores."`
		Likelihood likelihood `cmd:"" help:"Compute the likelihood of data under a model."`
		Inpaint    inpaint    `cmd:"" help:"Complete points of which a part is known."`
	}
	commands.Sample.samplerFlags, commands.Eval.samplerFlags = withFlags(), withFlags()
	// kong wants to exit after --help; the panic brings control back here.
	type exit int
	var code int
	var err error
	func() {
		defer func() {
			if r := recover(); r != nil {
				c, ok := r.(exit)
				if !ok {
					panic(r)
				}
				code = int(c)
			}
		}()
		parser := kong.Must(&commands,
			kong.Name("langevin"),
			kong.Description("Score matching with Langevin dynamics, on SIMD kernels ("+kernels.Backend()+
				" in use; LANGEVIN_BACKEND=generic selects the portable ones)."),
			kong.Vars{"samplers": strings.Join(smld.SamplerNames(), ",")},
			kong.Configuration(readConfig),
			kong.KindMapper(reflect.String, kong.MapperFunc(plainText)),
			kong.Writers(stdout, stderr),
			kong.Exit(func(code int) { panic(exit(code)) }),
		)
		var c *kong.Context
		if c, err = parser.Parse(args); err != nil {
			return
		}
		if err = kernels.BackendError(); err == nil {
			err = c.Run(&console{context.Background(), stdout, stderr})
		}
	}()
	if err != nil {
		var parse *kong.ParseError
		hint := ""
		if errors.As(err, &parse) {
			hint = " (see langevin --help)"
		}
		fmt.Fprintf(stderr, "langevin: %v%s\n", err, hint)
		return 1
	}
	return code
}

// plainText sets a flag to the bytes of its value, such as a file's name, where kong makes UTF-8 of them.
func plainText(ctx *kong.DecodeContext, target reflect.Value) error {
	token, err := ctx.Scan.PopValue("string")
	if err != nil {
		return err
	}
	target.SetString(fmt.Sprint(token.Value))
	return nil
}
