package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// examples are command lines that the help of a command ends with. Those of train make the files that the
// others take.
var examples = map[string][]string{
	"demo": {"langevin demo --out demo-out --seed 1"},
	"train": {
		"langevin train --data people.csv --out people.safetensors",
		"langevin train --data moons --out moons.safetensors --steps 4000 --json",
		"langevin train --data digits --dir run",
		"langevin train --resume run",
	},
	"sample": {
		"langevin sample --model people.safetensors --n 1000 --out more-people.csv",
		"langevin sample --model moons.safetensors --n 5000 --sampler heun --out moons.npy --picture moons.png",
		"langevin sample --model moons.safetensors --first 5000 --out more.png --trajectory way.npz",
		"langevin sample --model people.safetensors --data people.csv --out more-people.csv --picture pairs.svg",
	},
	"eval": {
		"langevin eval --model moons.safetensors --data moons",
		"langevin eval --model people.safetensors --data people.csv --n 500 --json",
		"langevin eval --exact --data 2gaussians --sampler heun --repeats 3",
	},
	"likelihood": {
		"langevin likelihood --model moons.safetensors --data moons",
		"langevin likelihood --model run/model.safetensors --data digits --n 100 --out nats.npy",
	},
	"inpaint": {
		"langevin inpaint --model run/model.safetensors --data digits --hide bottom --out half.npy --picture half.png",
		"langevin inpaint --model people.safetensors --data holes.csv --out whole.csv",
	},
	"picture": {
		"langevin picture samples --model moons.safetensors --data moons --out samples.svg",
		"langevin picture field --model moons.safetensors --sigma 0.1,0.5 --out field.png",
		"langevin picture flow --data 8gaussians --train-steps 4000 --out flow.gif",
		"langevin picture loss --run run --out loss.svg",
	},
	"sweep": {
		"langevin sweep --data moons --grid rates.json --dir sweep",
		"langevin sweep --data moons --grid rates.json --dir sweep-2 --shard 0/2",
	},
	"merge": {
		"langevin sample --model moons.safetensors --n 1000 --out all.npy --shard 0/2",
		"langevin sample --model moons.safetensors --n 1000 --out all.npy --shard 1/2",
		"langevin merge all.npy.parts",
		"langevin merge sweep",
	},
	"serve": {
		"langevin serve",
		"langevin serve --data people.csv --open",
		"langevin serve --listen 127.0.0.1:0 --token",
	},
	"info": {
		"langevin info moons.safetensors",
		"langevin info run --json",
		"langevin info people.csv",
	},
}

// printHelp prints kong's help and, behind it, examples of the command or the exit codes.
func printHelp(options kong.HelpOptions, line *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, line); err != nil {
		return err
	}
	end := "\n" + exitCodes + "\n"
	if node := line.Selected(); node != nil {
		end = ""
		if shown := examples[node.Name]; len(shown) > 0 {
			end = "\nExamples:\n  " + strings.Join(shown, "\n  ") + "\n"
		}
	}
	_, err := fmt.Fprint(line.Stdout, end)
	return err
}
