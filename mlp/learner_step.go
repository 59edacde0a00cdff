package mlp

import "github.com/seed964deb49/langevin/kernels"

// step is the one that a learner is at.
type step struct {
	objective Objective
	update    adamUpdate
	done      int            // rows of the batch in the parts before
	rows      int            // of this part
	y         kernels.Matrix // the output of a large network
}

// Step makes one update. Its phases are:
//
//	prepare  begins the update, and packs weights that others changed
//	pass     takes a part of the batch through the network and back
//	reduce   sums the part's gradients of a block of weights over its rows
//	update   changes a block by its gradients, once they are those of the whole batch
//	fetch    lets the objective get the next batch
//
// Of the last part, cores take blocks through reduce and update, and the fetch beside them. Where gradients
// are clipped, the update waits for all of them.
func (l *Learner) Step(o Objective) {
	l.prepare(o)
	for l.nextPart() {
		l.pass()
		if !l.lastPart() {
			kernels.Parallel(len(l.jobs)-1, 1, l.share.jobs)
		} else {
			kernels.Parallel(len(l.jobs), 1, l.share.jobs) // with the fetch
		}
	}
	l.finish()
}

// prepare begins the update. From here on parameters are no longer what they were for anybody else.
func (l *Learner) prepare(o Objective) {
	l.step = step{objective: o, update: l.adam.begin(l.net.Block, l.ema)}
	l.cut(kernels.Cores())
	if l.packed != nil && l.packed.version != l.net.version {
		kernels.Parallel(len(l.net.Weights), 1, l.share.pack)
	}
	l.net.Changed()
	if l.grads == nil && (l.packed != nil || l.step.update.clips()) { // parts and clipping need them again
		l.grads = l.net.Like()
	}
	l.countBlocks()
}

// finish makes the update that had to wait for all gradients. Otherwise blocks were packed as they changed.
func (l *Learner) finish() {
	if u := &l.step.update; u.clips() {
		u.clip(l.grads.Block)
		u.apply(0, l.grads.Block)
	} else if l.packed != nil {
		l.packed.version = l.net.version
	}
	l.step = step{}
}

// nextPart goes on to the next part of the batch, if there is one.
func (l *Learner) nextPart() bool {
	s := &l.step
	s.done += s.rows
	s.rows = min(l.tape.batch, l.batch-s.done)
	return s.rows > 0
}

// lastPart reports whether the batch ends with this part.
func (l *Learner) lastPart() bool { return l.step.done+l.step.rows == l.batch }

// pass takes a part through the network and back. Through a small network each core takes a strip. All cores
// share out the products of a large one.
func (l *Learner) pass() {
	rows := l.step.rows
	if l.packed != nil {
		kernels.Parallel(rows, l.net.StripRows(rows), l.share.strips)
		return
	}
	kernels.Parallel(rows, objectiveRows, l.share.input)
	l.step.y = l.net.forward(l.tape, l.x.Slice(0, rows), 0, nil)
	kernels.Parallel(rows, objectiveRows, l.share.loss)
	l.net.backward(l.tape, l.dy.Slice(0, rows), 0, nil)
}

// passStrip takes some rows of a part through the network and back.
func (l *Learner) passStrip(from, to int) {
	l.input(from, to)
	l.outputGradient(from, to, l.net.forward(l.tape, l.x.Slice(from, to), from, l.packed))
	l.net.backward(l.tape, l.dy.Slice(from, to), from, l.packed)
}

// input asks for some rows of the input.
func (l *Learner) input(from, to int) {
	l.step.objective.Input(l.x.Slice(from, to), l.step.done+from)
}

// loss asks for some rows of the gradient at the output of a large network.
func (l *Learner) loss(from, to int) { l.outputGradient(from, to, l.step.y.Slice(from, to)) }

// outputGradient asks for some rows of the gradient at the output y.
func (l *Learner) outputGradient(from, to int, y kernels.Matrix) {
	l.step.objective.Gradient(l.dy.Slice(from, to), y, l.x.Slice(from, to), l.step.done+from)
}

// doJobs takes blocks of weights through reduce and, if all gradients are known by then, update.
func (l *Learner) doJobs(slot, from, to int) {
	for _, j := range l.jobs[from:to] {
		if j.fetch {
			l.step.objective.Next()
			continue
		}
		g := l.gradientOf(j.block, &l.memory[slot])
		l.reduce(j.block, g)
		if l.lastPart() && !l.step.update.clips() {
			l.update(j.block, g)
		}
	}
}

// reduce adds the sum over the part's rows to the gradient of a block. The first part sets it.
func (l *Learner) reduce(b block, g gradient) {
	x, dy, fresh := l.x.Slice(0, l.step.rows), l.dy.Slice(0, l.step.rows), l.step.done == 0
	l.net.weightGradient(l.tape, b.layer, x, dy, b.from, fresh, g.weights)
	if b.from == 0 {
		l.net.biasGradient(l.tape, b.layer, dy, fresh, g.bias)
	}
}

// update changes a block by its gradient. Whoever changes the last block of a layer packs the layer.
func (l *Learner) update(b block, g gradient) {
	begin := l.net.begin(b.layer)
	l.step.update.apply(begin+b.from*g.weights.Cols, g.weights.Data)
	if b.from == 0 {
		l.step.update.apply(begin+len(l.net.Weights[b.layer].Data), g.bias)
	}
	if l.left[b.layer].Add(-1) == 0 && l.packed != nil {
		l.packed.pack(l.net, b.layer)
	}
}

// packLayers packs the weights of some layers.
func (l *Learner) packLayers(from, to int) {
	for k := from; k < to; k++ {
		l.packed.pack(l.net, k)
	}
}
