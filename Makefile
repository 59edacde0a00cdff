.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: gen
gen: ## Regenerate the assembly kernels of both architectures from gen/
	go run ./gen -out kernels/kernels_amd64.s -stubs kernels/stubs_amd64.go -pkg kernels

.PHONY: test
test: ## Run the tests
	go test ./...

# The tests of one kernel: those of the table, and those of its values where they bear its name.
tests-of = TestRowForEvery|TestKernels/^$(1)$$|TestFunctionAccuracy/^$(1)$$|^Test$(1)$$

# check-kernel fails where no kernel has the name.
define check-kernel
@grep -q '{name: "$(1:64=)[/"]\|{name: "$(1)[/"]\|{"$(1)",' kernels/table_*_test.go kernels/function_test.go || \
	{ echo 'no kernel $(1) in kernels/table_*_test.go or function_test.go'; exit 1; }
endef

.PHONY: test-kernel
test-kernel: ## Test one kernel on slices or rows in seconds, as in make test-kernel NAME=EMA
	$(call check-kernel,$(NAME))
	go test -v ./kernels -run '$(call tests-of,$(NAME))'

.PHONY: test-neon
test-neon: ## Test the NEON kernels on another processor with qemu-aarch64, all or one NAME
	$(if $(NAME),$(call check-kernel,$(NAME)))
	GOARCH=arm64 go test -short -exec qemu-aarch64-static ./kernels $(if $(NAME),-run '$(call tests-of,$(NAME))')

.PHONY: test-ports
test-ports: ## Test the golden hashes on processors that .ci/run leaves out, all or PORTS='arm-5 mips', in an hour
	.ci/ports $(PORTS)

# SHOTS is a folder for pictures of every state of the page.
SHOTS =

.PHONY: test-browser
test-browser: ## Test the page of langevin serve, and its static folder, in a headless Chromium, in four minutes
	cd internal/browser && go vet ./... && go test -count=1 -v . -shots '$(abspath $(SHOTS))'

.PHONY: bench-browser
bench-browser: ## Time the page: its start, its frames, and a training on it next to langevin train
	cd internal/browser && go test -count=1 -v . -run 'TestStart|TestFrames|TestSpeed' -strict -speed 3

.PHONY: test-noise
test-noise: ## Test the statistics of 10^10 normals, in some ten minutes
	go test ./kernels -run 'TestNoise(64)?(Statistics|FlawsAreFound)' -long -v -timeout 2h

.PHONY: test-kill
test-kill: ## Kill a training at 50 random moments and compare what it ends in
	go test ./cmd/langevin -count=1 -run TestKilled -kills 50 -v

.PHONY: test-slurm test-kubernetes test-parallel
test-slurm: ## Run shards of 10^6 samples and a sweep in a Slurm of this machine; needs root, installs slurm-wlm
	deploy/slurm/test.sh

test-kubernetes: ## Decode the manifests strictly and run their command lines
	cd deploy/kubernetes/check && go vet ./...
	deploy/kubernetes/test.sh

test-parallel: ## Run shards and a sweep by GNU parallel; installs it
	deploy/parallel/test.sh

# How often soak kills a training at random moments, and how long it fuzzes each reader.
KILLS = 500
FUZZ = 10m

.PHONY: soak
soak: ## Kill 500 times and at every write, fail every write, and fuzz every target for FUZZ=10m, in hours
	go test ./cmd/langevin -count=1 -run 'TestKilled|TestFaults|Clock|Disk|Full' -kills $(KILLS) -v -timeout 24h
	go test ./smld ./internal/... -count=1 -run 'Damaged|Broken|Wild' -v
	.ci/fuzz $(FUZZ)

.PHONY: dieharder
dieharder: ## Feed the raw words of the noise to dieharder, in an hour
	@command -v dieharder >/dev/null || { echo 'install dieharder, on Debian the package of that name'; exit 1; }
	go run ./bench/words | dieharder -a -g 200

# Where wasm makes its folder.
OUT = wasm

.PHONY: wasm
wasm: ## Build the page as a static folder, with the library in WebAssembly, in wasm/ or OUT=folder
	go run ./internal/wasm/build -out '$(OUT)'

.PHONY: bench
bench: ## Run the benchmarks
	go test -run '^$$' -bench . ./bench ./kernels

.PHONY: bench-peers
bench-peers: ## Time matrix products next to OpenBLAS, BLIS and oneDNN
	bench/peers/run.sh 1
	bench/peers/run.sh 2

# bench/gonum is a module of its own. cgo and OpenBLAS are for those who ask: TAGS=openblas.
.PHONY: bench-gonum
bench-gonum: ## Time what gonum's users call next to gonum, vek and others, as in ROWS=dot,axpy OPTIONS='-n 100'
	cd bench/gonum && go run $(if $(TAGS),-tags '$(TAGS)') . $(if $(ROWS),-rows '$(ROWS)') $(OPTIONS)

# What bench-shapes measures; OPTIONS are further flags, as in OPTIONS='-double -out rows.txt -plot ratios.svg'.
SEEDS = 1 2 3
COUNT = 60
ROUNDS = 5
THREADS = 1
USE = auto

.PHONY: bench-shapes
bench-shapes: ## Time products of random shapes next to OpenBLAS, BLIS, oneDNN and libxsmm
	go run ./bench/shapes -seeds '$(SEEDS)' -count $(COUNT) -rounds $(ROUNDS) -threads $(THREADS) -use $(USE) $(OPTIONS)

PYTHON = python3

.PHONY: bench-pytorch
bench-pytorch: ## Time training and sampling steps next to PyTorch: Debian's python3-torch, in three rounds
	for round in 1 2 3; do \
		go test -run '^$$' -bench 'TrainStep|SampleStep' ./bench && $(PYTHON) bench/peers/steps.py || exit 1; \
	done

.PHONY: suite
suite: ## Train on a dozen sets with the defaults and with each setting changed, in hours
	go run ./bench/suite

# draw-page draws the page of langevin serve, by a Chromium, into a file.
draw-page = (file=$$(realpath -m $(1)) && cd internal/browser && go test -count=1 -run TestPicture . -picture "$$file")

.PHONY: pictures
pictures: ## Draw the pictures of the README and docs anew, and print the tables of samplers, in four minutes
	docs/pictures/draw
	go run ./bench/evaluations -picture docs/pictures/evaluations.png
	$(call draw-page,docs/pictures/serve.png)

# The file train-images-idx3-ubyte of MNIST, or that as .gz.
MNIST = train-images-idx3-ubyte.gz

.PHONY: pictures-mnist
pictures-mnist: ## Draw those of MNIST, as in MNIST=train-images-idx3-ubyte.gz, in a quarter of an hour
	docs/pictures/draw-mnist '$(MNIST)'

.PHONY: pictures-check
pictures-check: ## Draw these pictures elsewhere and compare them byte by byte
	@drawn=$$(mktemp -d) && trap 'rm -rf "$$drawn"' EXIT && docs/pictures/draw "$$drawn" && \
	go run ./bench/evaluations -picture "$$drawn/evaluations.png" >/dev/null && \
	$(call draw-page,"$$drawn/serve.png") >/dev/null && \
	for f in "$$drawn"/*; do cmp "$$f" "docs/pictures/$${f##*/}" || exit 1; done

.PHONY: fused
fused: ## Find products that arm64's compiler fuses with sums where the source does not say so
	go run ./internal/fused

# What mutate changes, how often, and by which seed. A change may allocate without end: so memory has a limit.
PACKAGE = ./mlp
MUTANTS = 50
SEED = 1

.PHONY: mutate
mutate: ## Change a line of a package at a time and list what tests let pass, as in PACKAGE=./smld MUTANTS=60 SEED=2
	ulimit -d 8388608; go run ./internal/mutate -package $(PACKAGE) -count $(MUTANTS) -seed $(SEED)

# Packages whose float32 are results.
RESULTS = ./kernels/... ./mlp ./smld ./metrics ./dataset ./internal/detmath

.PHONY: conversions
conversions: ## Find integers of 64 bits that are made into a float32 in one step
	go run ./internal/conversions -test=false $(RESULTS)
	go run -exec 'env GOARCH=arm64' ./internal/conversions -test=false ./kernels/...

.PHONY: dependencies
dependencies: ## Hold go.mod and the licences of all its modules against docs/dependencies.md
	go mod download
	go run ./internal/dependencies

GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: vulnerabilities
vulnerabilities: ## Ask Go's database for known vulnerabilities of what is called, tests and tools included
	go run $(GOVULNCHECK) -test ./...
	cd bench/gonum && go run $(GOVULNCHECK) ./...

.PHONY: mca
mca: ## Let llvm-mca time the inner loops on processors that are not here
	go run ./bench/mca

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Packages whose lines have at most 110 columns, where a tab is 4. Generated files may have longer lines.
# Of a character in UTF-8 the first byte is counted.
NARROW = kernels gen bench mlp smld

.PHONY: columns
columns: ## Find lines of Go that are too long
	@LC_ALL=C find $(NARROW) -name '*.go' -exec awk ' \
		FNR == 1 { generated = /^\/\/ Code generated/ } \
		{ line = $$0; gsub(/\t/, "    ", line); gsub(/[\200-\277]/, "", line) } \
		length(line) > 110 && !generated { print FILENAME ":" FNR ": " length(line) " columns, want 110"; long = 1 } \
		END { exit long }' {} +

# Packages that have other files for other processors.
BUILDS = ./kernels/... ./internal/fpcontrol

.PHONY: lint
lint: columns conversions ## Check formatting, and vet every build of the kernels
	@test -z "$$(gofmt -l .)" || { gofmt -l . && echo 'run gofmt -w on these files' && exit 1; }
	go vet ./...
	GOARCH=386 go vet ./...
	GOARCH=arm64 go vet $(BUILDS)
	GOOS=js GOARCH=wasm go vet ./internal/wasm
	go vet -tags purego $(BUILDS)
	go run $(STATICCHECK) ./...
	go run -exec 'env GOARCH=arm64' $(STATICCHECK) $(BUILDS)
	go run $(STATICCHECK) -tags purego $(BUILDS)
	cd bench/gonum && go vet ./... && go test ./...
