package metrics

import "math"

// assign returns the column of each row in an assignment of least cost, where cost is n x n, row-major: the shortest
// augmenting paths of Jonker and Volgenant ("A shortest augmenting path algorithm for dense and sparse linear
// assignment problems", 1987), which begins with a reduction of the columns.
func assign(cost []float64, n int) []int {
	a := newAssignment(cost, n)
	a.reduceColumns()
	for row := range n {
		if a.column[row] < 0 {
			end, reach := a.shortestPath(row)
			a.moveDuals(row, end, reach)
			a.augment(row, end)
		}
	}
	return a.column
}

// assignment has some rows assigned to columns. u and v are the dual variables: cost[i][k] - u[i] - v[k], the reduced
// cost, is never negative and is zero on the assignment.
type assignment struct {
	cost        []float64
	n           int
	column, row []int // of each row, of each column; -1 is none
	u, v        []float64

	// The tree of shortest paths from a row, for each column: its distance, the row before it, and whether that is final.
	distance []float64
	before   []int
	done     []bool
	columns  []int // those that are not done come first
}

func newAssignment(cost []float64, n int) *assignment {
	a := &assignment{
		cost: cost, n: n, column: make([]int, n), row: make([]int, n), u: make([]float64, n), v: make([]float64, n),
		distance: make([]float64, n), before: make([]int, n), done: make([]bool, n), columns: make([]int, n),
	}
	for i := range n {
		a.column[i], a.row[i] = -1, -1
	}
	return a
}

// reduceColumns makes each column's least element its v, and its row takes it unless it has a column already.
func (a *assignment) reduceColumns() {
	for k := a.n - 1; k >= 0; k-- {
		least, at := math.Inf(1), 0
		for i := range a.n {
			if c := a.cost[i*a.n+k]; c < least {
				least, at = c, i
			}
		}
		a.v[k] = least
		if a.column[at] < 0 {
			a.column[at], a.row[k] = k, at
		}
	}
}

// shortestPath finds the nearest column without row, and its distance, from a row without column, by Dijkstra's method
// in reduced costs.
func (a *assignment) shortestPath(free int) (end int, reach float64) {
	n, u, v := a.n, a.u, a.v
	distance, before, columns := a.distance, a.before, a.columns
	for k := range n {
		distance[k], before[k], a.done[k], columns[k] = a.cost[free*n+k]-u[free]-v[k], free, false, k
	}
	for left := n; ; {
		nearest := 0
		for p, k := range columns[:left] {
			if distance[k] < distance[columns[nearest]] {
				nearest = p
			}
		}
		k := columns[nearest]
		left--
		columns[nearest], columns[left] = columns[left], k
		a.done[k], reach = true, distance[k]
		i := a.row[k]
		if i < 0 {
			return k, reach
		}
		base := reach - u[i]
		line := a.cost[i*n : (i+1)*n]
		for _, k := range columns[:left] {
			if d := base + line[k] - v[k]; d < distance[k] {
				distance[k], before[k] = d, i
			}
		}
	}
}

// moveDuals moves the dual variables of the tree so that the reduced costs of the path to column end are zero.
func (a *assignment) moveDuals(free, end int, reach float64) {
	a.u[free] += reach
	for k := range a.n {
		if a.done[k] && k != end {
			change := reach - a.distance[k]
			a.v[k] -= change
			a.u[a.row[k]] += change
		}
	}
}

// augment gives each row of the path the column after it.
func (a *assignment) augment(free, end int) {
	for k := end; ; {
		i := a.before[k]
		a.row[k] = i
		k, a.column[i] = a.column[i], k
		if i == free {
			return
		}
	}
}
