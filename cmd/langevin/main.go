// Command langevin trains score models by denoising score matching, draws samples from them with Langevin dynamics and
// the other samplers of the field, and measures them.
// See langevin --help.
package main

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

func main() {
	followScheduler(os.Getenv)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// commands are those of the command line.
type commands struct {
	Demo       demo       `cmd:"" help:"Train on the embedded handwritten digits and draw new ones, in ten to twenty seconds."`
	Train      train      `cmd:"" help:"Train a model."`
	Sample     sample     `cmd:"" help:"Draw samples from a model."`
	Eval       eval       `cmd:"" help:"Measure samples of a model, or of every sampler with exact scores."`
	Likelihood likelihood `cmd:"" help:"Compute the likelihood of data under a model."`
	Inpaint    inpaint    `cmd:"" help:"Complete points of which a part is known."`
	Picture    pictures   `cmd:"" help:"Draw a picture of a model, its training or its data."`
	Sweep      sweep      `cmd:"" help:"Train with one setting after the other."`
	Merge      merge      `cmd:"" help:"Join the parts of a run that was shared out."`
	Serve      serve      `cmd:"" help:"Train and draw in a page of the browser, while watching."`
	Info       info       `cmd:"" help:"Describe a model, a checkpoint, a run directory or data."`
	Completion completion `cmd:"" help:"Print what makes a shell complete command lines."`
	Version    version    `cmd:"" help:"Print the version of this command, the kernels in use and the processor."`
}

// exit is what kong's wish to exit, after --help, panics with.
type exit int

// newParser returns a parser of command lines.
func newParser(into *commands, stdout, stderr io.Writer) *kong.Kong {
	into.Sample.samplerFlags, into.Eval.samplerFlags, into.Picture.samplerFlags = withFlags(), withFlags(), withFlags()
	return kong.Must(into,
		kong.Name("langevin"),
		kong.Description("Score matching with Langevin dynamics, on SIMD kernels ("+kernels.Backend()+
			" in use; LANGEVIN_BACKEND=generic selects the portable ones)."),
		kong.Vars{"sampler": smld.DefaultSampler, "samplers": strings.Join(smld.SamplerNames(), ",")},
		kong.Configuration(readConfig),
		kong.KindMapper(reflect.String, kong.MapperFunc(plainText)),
		kong.Writers(stdout, stderr),
		kong.Help(printHelp),
		kong.Exit(func(code int) { panic(exit(code)) }),
	)
}

// run parses and carries out a command line and returns the exit code. Whatever goes wrong is one sentence on
// stderr and a code other than 0.
func run(args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		if r := recover(); r != nil {
			c, ok := r.(exit)
			if !ok {
				panic(r)
			}
			code = int(c)
		}
	}()
	ctx, end := untilSignal()
	defer end()
	out := &printed{w: stdout}
	c := &console{ctx: ctx, out: out, log: stderr, warn: stderr, started: clock(),
		arguments: withoutShard(args)}
	line, err := newParser(&commands{}, stdout, stderr).Parse(args)
	if err != nil {
		return c.report(err, selected(err))
	}
	if err := kernels.BackendError(); err != nil {
		return c.report(err, "")
	}
	if q, ok := line.Selected().Target.Addr().Interface().(interface{ isQuiet() bool }); ok && q.isQuiet() {
		c.log = io.Discard
	}
	if err := c.await(func() error { return line.Run(c) }); err != nil {
		return c.report(err, " "+line.Selected().Name)
	}
	if err := out.failure(); err != nil {
		return c.report(err, "")
	}
	return 0
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
