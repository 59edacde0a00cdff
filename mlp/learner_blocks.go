package mlp

import (
	"sync/atomic"

	"github.com/seed964deb49/langevin/kernels"
)

// block is some rows of a layer's weights.
type block struct{ layer, from, to int }

// cut cuts the weights into blocks for a number of cores. Blocks of a layer are neighbours, since a core that
// does all of a layer fetches less from the others.
func (l *Learner) cut(cores int) {
	if l.cores == cores {
		return
	}
	l.cores, l.blocks = cores, l.blocks[:0]
	layers := len(l.net.Weights)
	if l.left == nil {
		l.left = make([]atomic.Int32, layers)
	}
	pieces := 1 // of a layer
	if l.packed != nil && cores > 1 {
		pieces = ceilDiv(2*cores, layers)
	}
	for k := layers - 1; k >= 0; k-- {
		rows := l.net.Sizes[k]
		height := ceilDiv(rows, pieces*blockUnit) * blockUnit
		if l.packed == nil {
			height = max(1, blockFloats/(l.net.Sizes[k+1]*blockUnit)) * blockUnit
		}
		for from := 0; from < rows; from += height {
			l.blocks = append(l.blocks, block{k, from, min(from+height, rows)})
		}
	}
}

// beginBlocks gets ready for the blocks of a step.
func (l *Learner) beginBlocks() {
	if !l.adam.clips() {
		l.update = l.adam.begin(l.net.Block, l.ema)
	}
	if l.grads == nil && (l.packed != nil || l.adam.clips()) { // parts and clipping come back to gradients
		l.grads = l.net.Like()
	}
	for k := range l.left {
		l.left[k].Store(0)
	}
	for _, b := range l.blocks {
		l.left[b.layer].Add(1)
	}
}

// gradients adds a part's gradients of some blocks of the weights, and updates the blocks after the last
// part. The index after the last block is the objective's turn.
func (l *Learner) gradients(slot, from, to int) {
	x, dy := l.x.Slice(0, l.rows), l.dy.Slice(0, l.rows)
	fresh, update := l.done == 0, l.last() && !l.adam.clips()
	for i := from; i < to; i++ {
		if i == len(l.blocks) {
			l.objective.Next()
			return
		}
		b := l.blocks[i]
		begin := l.net.begin(b.layer)
		dW, db := l.gradientOf(b, slot)
		l.net.weightGradient(l.tape, b.layer, x, dy, b.from, fresh, dW)
		if update {
			l.adam.update(&l.update, begin+b.from*dW.Cols, dW.Data)
		}
		if b.from == 0 {
			l.net.biasGradient(l.tape, b.layer, dy, fresh, db)
			if update {
				l.adam.update(&l.update, begin+len(l.net.Weights[b.layer].Data), db)
			}
		}
		if update && l.left[b.layer].Add(-1) == 0 && l.packed != nil {
			l.packed.pack(l.net, b.layer)
		}
	}
}

// gradientOf returns memory for the gradient of a block, and of its layer's bias.
func (l *Learner) gradientOf(b block, slot int) (dW kernels.Matrix, db []float32) {
	if l.grads != nil {
		return l.grads.Weights[b.layer].Slice(b.from, b.to), l.grads.Biases[b.layer]
	}
	rows, cols, bias := b.to-b.from, l.net.Sizes[b.layer+1], len(l.net.Biases[b.layer])
	if len(l.memory[slot]) < rows*cols+bias {
		l.memory[slot] = make([]float32, rows*cols+bias)
	}
	m := l.memory[slot]
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: m[:rows*cols]}, m[rows*cols:][:bias]
}
