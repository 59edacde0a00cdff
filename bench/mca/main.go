// Command mca prints what llvm-mca makes of the kernels' inner loops on several processors. It prints cycles
// for each iteration, and what share of the processor's peak of fused multiply-adds that is. The models are
// LLVM's. They know the execution units and latencies, but no caches. Run it by `make mca`; it needs
// llvm-mc-19 and llvm-mca-19 (Debian: llvm-19).
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// architecture is an assembly file and the processors that its loops are tried on.
type architecture struct {
	goarch, triple, attributes string
	fma                        []string // an FMA in float32 and in float64; %d is the register of its chain
	chains                     int      // how many chains keep the units busy
	processors                 []string
}

var architectures = []architecture{
	{
		"arm64", "aarch64", "",
		[]string{"fmla v%d.4s, v30.4s, v31.s[0]", "fmla v%d.2d, v30.2d, v31.d[0]"}, 28,
		[]string{"neoverse-n1", "neoverse-v1", "neoverse-v2", "apple-m1"},
	}, {
		"amd64", "x86_64", "+avx2,+fma",
		[]string{"vfmadd231ps %%ymm14, %%ymm15, %%ymm%d", "vfmadd231pd %%ymm14, %%ymm15, %%ymm%d"}, 14,
		[]string{"znver3", "skylake"},
	},
}

// loops are the inner loops: a function, the label at the loop's top, and what the loop does. A loop that
// makes normals has the number that an iteration makes.
var loops = map[string][]struct {
	function, label, what string
	normals               int
}{
	"arm64": {
		{"gemmPanel16NEON", "along_steps", "Gemm, rows of A as they are", 0},
		{"gemmPanel16NEON", "down_steps", "Gemm, A packed or transposed", 0},
		{"gemmPackingNEON", "along_steps", "Gemm, packing B", 0},
		{"gemm64Panel8NEON", "along_steps", "Gemm64, rows of A as they are", 0},
		{"gemm64Panel8NEON", "down_steps", "Gemm64, A packed or transposed", 0},
		{"gemmBlock4NEON", "steps6", "Gemm in tiles, 6 rows of 4 vectors", 0},
		{"gemmBlockTo3NEON", "steps8", "Gemm in tiles, 8 rows of 3 vectors, one cut", 0},
		{"gemmBlock1NEON", "steps12", "Gemm in tiles, 12 rows of a vector", 0},
		{"gemm64Block4NEON", "steps6", "Gemm64 in tiles, 6 rows of 4 vectors", 0},
		{"fillNoiseNEON", "batch", "Noise", 32},
		{"fillNoise64NEON", "batch", "Noise in float64", 16},
	},
	"amd64": {
		{"gemmPanel16AVX2", "steps6", "Gemm", 0},
		{"gemmPackingAVX2", "steps6", "Gemm, packing B", 0},
		{"gemm64Panel8AVX2", "steps6", "Gemm64", 0},
		{"fillNoiseAVX2", "more", "Noise", 48},
		{"fillNoise64AVX2", "more", "Noise in float64", 24},
	},
}

func main() {
	log.SetFlags(0)
	full := flag.String("report", "", "print llvm-mca's full report on the loops of this function instead")
	tiles := flag.Bool("tiles", false, "print what every tile of products on NEON reaches instead")
	flag.Parse()
	if *tiles {
		if err := architectures[0].printTiles(); err != nil {
			log.Fatalf("mca: %v", err)
		}
		return
	}
	for _, arch := range architectures {
		if *full != "" {
			if err := arch.report(*full); err != nil {
				log.Fatalf("mca: %s: %v", arch.goarch, err)
			}
			continue
		}
		if err := arch.print(); err != nil {
			log.Fatalf("mca: %s: %v", arch.goarch, err)
		}
	}
}

// assembled is an assembly file and what Go's assembler made of it.
type assembled struct{ source, object string }

// assemble assembles the kernels into dir.
func (a architecture) assemble(dir string) (assembled, error) {
	source := filepath.Join("kernels", "kernels_"+a.goarch+".s")
	text, err := os.ReadFile(source)
	if err != nil {
		return assembled{}, fmt.Errorf("%w (run this in the root of the repository)", err)
	}
	goroot, err := output(nil, nil, "go", "env", "GOROOT")
	if err != nil {
		return assembled{}, err
	}
	object := filepath.Join(dir, "kernels.o")
	include := filepath.Join(strings.TrimSpace(goroot), "pkg", "include")
	_, err = output([]string{"GOARCH=" + a.goarch}, nil, "go", "tool", "asm",
		"-I", include, "-p", "kernels", "-o", object, source)
	return assembled{string(text), object}, err
}

// report prints what llvm-mca says about a function's loops.
func (a architecture) report(function string) error {
	dir, err := os.MkdirTemp("", "mca")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	code, err := a.assemble(dir)
	if err != nil {
		return err
	}
	for _, loop := range loops[a.goarch] {
		if loop.function != function {
			continue
		}
		body, err := a.loop(code, loop.function, loop.label)
		if err != nil {
			return err
		}
		for _, cpu := range a.processors {
			text, err := output(nil, strings.NewReader(strings.Join(body, "\n")+"\n"), "llvm-mca-19",
				"-mtriple="+a.triple, "-mcpu="+cpu, "-bottleneck-analysis")
			if err != nil {
				return err
			}
			fmt.Printf("%s, %s, %s\n\n%s\n", function, loop.label, cpu, text)
		}
	}
	return nil
}

// print prints the table of the loops.
func (a architecture) print() error {
	dir, err := os.MkdirTemp("", "mca")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	code, err := a.assemble(dir)
	if err != nil {
		return err
	}
	fmt.Printf("| loop | %s |\n", strings.Join(a.processors, " | "))
	fmt.Printf("|---|%s\n", strings.Repeat("---|", len(a.processors)))
	for _, loop := range loops[a.goarch] {
		body, err := a.loop(code, loop.function, loop.label)
		if err != nil {
			return err
		}
		fmas := 0
		for _, line := range body {
			if strings.Contains(line, "fmla") || strings.Contains(line, "vfmadd") {
				fmas++
			}
		}
		fmt.Printf("| %s: `%s`, %d instructions, %d FMA |", loop.what, loop.function, len(body), fmas)
		for _, cpu := range a.processors {
			cycles, err := a.cycles(cpu, body)
			if err != nil {
				return err
			}
			if loop.normals > 0 {
				fmt.Printf(" %.0f cycles, %.2f a normal |", cycles, cycles/float64(loop.normals))
				continue
			}
			peak, err := a.peak(cpu, strings.HasPrefix(loop.function, "gemm64"))
			if err != nil {
				return err
			}
			fmt.Printf(" %.0f cycles, %.0f%% |", cycles, 100*float64(fmas)/cycles/peak)
		}
		fmt.Println()
	}
	for _, double := range []bool{false, true} {
		bits := map[bool]string{false: "32", true: "64"}[double]
		fmt.Printf("| FMA instructions a cycle at most, float%s |", bits)
		for _, cpu := range a.processors {
			peak, err := a.peak(cpu, double)
			if err != nil {
				return err
			}
			fmt.Printf(" %.1f |", peak)
		}
		fmt.Println()
	}
	fmt.Println()
	return nil
}

// peak returns how many FMA instructions a cycle the processor does when it has nothing else to do.
func (a architecture) peak(cpu string, double bool) (float64, error) {
	form := a.fma[0]
	if double {
		form = a.fma[1]
	}
	var block []string
	for i := range a.chains {
		block = append(block, fmt.Sprintf(form, i))
	}
	cycles, err := a.cycles(cpu, block)
	return float64(len(block)) / cycles, err
}

// loop returns the instructions of a loop in LLVM's notation. Backward branches have labels in the source and
// distances in the machine code. They stand in the same order in both.
func (a architecture) loop(from assembled, function, label string) ([]string, error) {
	_, rest, ok := strings.Cut(from.source, "\nTEXT ·"+function+"(SB)")
	if !ok {
		return nil, fmt.Errorf("no function %s", function)
	}
	rest, _, _ = strings.Cut(rest, "\nTEXT ")
	defined := map[string]bool{}
	branch, which := 0, -1
	for _, line := range strings.Split(rest, "\n") {
		if name, ok := strings.CutSuffix(line, ":"); ok {
			defined[name] = true
			continue
		}
		fields := strings.Fields(line)
		if len(fields) < 2 || !defined[fields[len(fields)-1]] {
			continue
		}
		if fields[len(fields)-1] == label {
			which = branch
		}
		branch++
	}
	if which < 0 {
		return nil, fmt.Errorf("%s has no loop %s", function, label)
	}
	code, err := a.disassemble(from.object, function)
	if err != nil {
		return nil, err
	}
	branch = 0
	for i, in := range code {
		distance, ok := in.branch(a.goarch)
		if !ok || distance >= 0 {
			continue
		}
		if branch == which {
			for first := range code {
				if code[first].at == in.at+distance {
					var body []string
					for _, in := range code[first : i+1] {
						body = append(body, in.text)
					}
					return body, nil
				}
			}
			return nil, fmt.Errorf("%s: no instruction where %s begins", function, label)
		}
		branch++
	}
	return nil, fmt.Errorf("%s: loop %s is not in the machine code", function, label)
}

// instruction is an instruction in LLVM's notation.
type instruction struct {
	at, bytes int
	text      string
}

var distance = regexp.MustCompile(`^(?:b|b\.\w+|cbn?z|tbn?z|j\w+)\s.*?#?(-?\d+)$`)

// branch returns how far from its own beginning a branch goes.
func (in instruction) branch(goarch string) (int, bool) {
	m := distance.FindStringSubmatch(in.text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0, false
	}
	if goarch == "amd64" { // counts from the next instruction
		n += in.bytes
	}
	return n, true
}

// disassemble returns a function's instructions. Go's disassembler gives the bytes, LLVM's the text.
func (a architecture) disassemble(object, function string) ([]instruction, error) {
	listing, err := output(nil, nil, "go", "tool", "objdump", "-s", `^kernels\.`+function+"$", object)
	if err != nil {
		return nil, err
	}
	var code bytes.Buffer
	for _, line := range strings.Split(listing, "\n") {
		fields := strings.Fields(line)
		if len(fields) < 3 || !strings.Contains(fields[0], ".s:") {
			continue
		}
		hex := fields[2]
		for i := 0; i < len(hex); i += 2 {
			at := i
			if a.goarch == "arm64" { // printed as a word, which is little-endian in memory
				at = len(hex) - 2 - i
			}
			fmt.Fprintf(&code, "0x%s ", hex[at:at+2])
		}
		code.WriteByte('\n')
	}
	text, err := output(nil, &code, "llvm-mc-19",
		"--disassemble", "-triple="+a.triple, "-mattr="+a.attributes, "--show-encoding")
	if err != nil {
		return nil, err
	}
	var all []instruction
	at := 0
	for _, line := range strings.Split(text, "\n") {
		comment := regexp.MustCompile(`\s*(?:#|//) encoding: \[(.*)\]$`).FindStringSubmatchIndex(line)
		if comment == nil {
			continue
		}
		n := strings.Count(line[comment[2]:comment[3]], ",") + 1
		all = append(all, instruction{at, n, strings.Join(strings.Fields(line[:comment[0]]), " ")})
		at += n
	}
	return all, nil
}

// cycles returns how long an iteration takes when a block runs over and over.
func (a architecture) cycles(cpu string, block []string) (float64, error) {
	const iterations = 1000
	text, err := output(nil, strings.NewReader(strings.Join(block, "\n")+"\n"), "llvm-mca-19",
		"-mtriple="+a.triple, "-mcpu="+cpu, fmt.Sprintf("-iterations=%d", iterations),
		"-instruction-info=0", "-resource-pressure=0")
	if err != nil {
		return 0, err
	}
	m := regexp.MustCompile(`Total Cycles:\s+(\d+)`).FindStringSubmatch(text)
	if m == nil {
		return 0, fmt.Errorf("llvm-mca says\n%s", text)
	}
	total, err := strconv.Atoi(m[1])
	return float64(total) / iterations, err
}

// output runs a command.
func output(env []string, stdin io.Reader, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	if stdin != nil {
		cmd.Stdin = stdin
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, stderr.String())
	}
	return string(out), nil
}
