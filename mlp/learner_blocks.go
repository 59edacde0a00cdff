package mlp

import (
	"sync/atomic"

	"github.com/seed964deb49/langevin/internal/ceil"
	"github.com/seed964deb49/langevin/kernels"
)

// block is some rows of a layer's weights. The layer's bias belongs to the first.
type block struct{ layer, from, to int }

// job is what a core takes at a time when a part has passed: a block, or the fetch of the next batch.
type job struct {
	block
	fetch bool
}

// cut cuts the weights into blocks for a number of cores, and makes jobs of them. Blocks of a layer are
// neighbours, since a core that does all of a layer fetches less from the others.
func (l *Learner) cut(cores int) {
	if l.cores == cores {
		return
	}
	l.cores, l.jobs = cores, l.jobs[:0]
	layers := len(l.net.Weights)
	if l.left == nil {
		l.left = make([]atomic.Int32, layers)
	}
	pieces := 1 // of a layer
	if l.packed != nil && cores > 1 {
		pieces = ceil.Div(2*cores, layers)
	}
	for k := layers - 1; k >= 0; k-- {
		rows := l.net.Sizes[k]
		height := ceil.Div(rows, pieces*blockUnit) * blockUnit
		if l.packed == nil {
			height = max(1, blockFloats/(l.net.Sizes[k+1]*blockUnit)) * blockUnit
		}
		for from := 0; from < rows; from += height {
			l.jobs = append(l.jobs, job{block: block{k, from, min(from+height, rows)}})
		}
	}
	l.jobs = append(l.jobs, job{fetch: true})
}

// countBlocks counts the blocks of each layer.
func (l *Learner) countBlocks() {
	for k := range l.left {
		l.left[k].Store(0)
	}
	for _, j := range l.jobs {
		if !j.fetch {
			l.left[j.layer].Add(1)
		}
	}
}

// gradient is that of a block, and of its layer's bias.
type gradient struct {
	weights kernels.Matrix
	bias    []float32
}

// memory is for the gradient of one block after the other.
type memory []float32

// gradientOf returns where the gradient of a block is, or else memory for it.
func (l *Learner) gradientOf(b block, m *memory) gradient {
	if l.grads != nil {
		return gradient{l.grads.Weights[b.layer].Slice(b.from, b.to), l.grads.Biases[b.layer]}
	}
	rows, cols, bias := b.to-b.from, l.net.Sizes[b.layer+1], len(l.net.Biases[b.layer])
	if len(*m) < rows*cols+bias {
		*m = make(memory, rows*cols+bias)
	}
	weights := kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: (*m)[:rows*cols]}
	return gradient{weights, (*m)[rows*cols:][:bias]}
}
