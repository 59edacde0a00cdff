package main

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/seed964deb49/langevin/dataset"
)

// completion is the command that prints what makes a shell complete command lines.
type completion struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"Shell: ${enum}. Bash takes it by: source <(langevin completion bash); fish by: langevin completion fish | source."`
}

// Run prints the script.
func (s *completion) Run(c *console, line *kong.Context) error {
	commands := line.Model.Children
	switch s.Shell {
	case "fish":
		return completeFish(c.out, commands)
	case "zsh":
		if _, err := fmt.Fprintln(c.out, "autoload -U +X bashcompinit && bashcompinit"); err != nil {
			return err
		}
	}
	return completeBash(c.out, commands)
}

// valuesOf returns what a flag may be, or nil where it is a file or anything.
func valuesOf(f *kong.Flag) []string {
	switch {
	case f.Enum != "":
		return strings.Split(f.Enum, ",")
	case f.Name == "data" && f.Target.Kind() == reflect.String: // elsewhere it is files alone
		return dataset.Names()
	}
	return nil
}

// visible returns a command's flags as they are written, the negated ones too.
func visible(command *kong.Node) []string {
	var names []string
	for _, group := range command.AllFlags(true) {
		for _, f := range group {
			names = append(names, "--"+f.Name)
			if f.Tag.Negatable != "" {
				names = append(names, "--no-"+f.Name)
			}
		}
	}
	return names
}

// completeBash writes a function that completes the names of commands, their flags, and the values of flags.
func completeBash(w io.Writer, commands []*kong.Node) error {
	var b strings.Builder
	b.WriteString("_langevin() {\n" +
		"  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} names=\n" +
		"  if [ \"$COMP_CWORD\" -eq 1 ]; then\n" +
		"    COMPREPLY=($(compgen -W \"")
	for i, c := range commands {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.Name)
	}
	b.WriteString("\" -- \"$word\"))\n    return\n  fi\n  case ${COMP_WORDS[1]}:$before in\n")
	for _, c := range commands {
		for _, p := range c.Positional {
			if p.Enum != "" {
				fmt.Fprintf(&b, "  %s:%s) names=\"%s\" ;;\n", c.Name, c.Name, strings.ReplaceAll(p.Enum, ",", " "))
			}
		}
		for _, group := range c.AllFlags(true) {
			for _, f := range group {
				if some := valuesOf(f); some != nil {
					fmt.Fprintf(&b, "  %s:--%s) names=\"%s\" ;;\n", c.Name, f.Name, strings.Join(some, " "))
				}
			}
		}
	}
	b.WriteString("  esac\n  if [ -z \"$names\" ] && [[ $word == -* ]]; then\n    case ${COMP_WORDS[1]} in\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "    %s) names=\"%s\" ;;\n", c.Name, strings.Join(visible(c), " "))
	}
	b.WriteString("    esac\n  fi\n" +
		"  COMPREPLY=($(compgen -W \"$names\" -- \"$word\"))\n" +
		"}\n" +
		"complete -o default -F _langevin langevin\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// completeFish writes a line for each command and flag.
func completeFish(w io.Writer, commands []*kong.Node) error {
	quoted := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	var b strings.Builder
	for _, c := range commands {
		fmt.Fprintf(&b, "complete -c langevin -n __fish_use_subcommand -f -a %s -d '%s'\n", c.Name, quoted.Replace(c.Help))
	}
	for _, c := range commands {
		for _, p := range c.Positional {
			if p.Enum != "" {
				fmt.Fprintf(&b, "complete -c langevin -n '__fish_seen_subcommand_from %s' -f -a '%s'\n",
					c.Name, strings.ReplaceAll(p.Enum, ",", " "))
			}
		}
		for _, group := range c.AllFlags(true) {
			for _, f := range group {
				help, _, _ := strings.Cut(f.Help, ". ")
				line := fmt.Sprintf("complete -c langevin -n '__fish_seen_subcommand_from %s' -l %s -d '%s'",
					c.Name, f.Name, quoted.Replace(strings.TrimSuffix(help, ".")))
				if !f.IsBool() {
					line += " -r"
				}
				if some := valuesOf(f); some != nil {
					line += fmt.Sprintf(" -a '%s'", strings.Join(some, " "))
				}
				b.WriteString(line + "\n")
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
