package metrics

import "math"

// assign returns the column of each row in an assignment of least cost, where cost is n x n, row-major: the shortest
// augmenting paths of Jonker and Volgenant ("A shortest augmenting path algorithm for dense and sparse linear
// assignment problems", 1987), which begins with a reduction of the columns.
//
// u and v are the dual variables: cost[i][k] - u[i] - v[k] is never negative and is zero on the assignment.
func assign(cost []float64, n int) []int {
	column, row := make([]int, n), make([]int, n) // of each row, of each column; -1 is none
	u, v := make([]float64, n), make([]float64, n)
	for i := range column {
		column[i], row[i] = -1, -1
	}
	// Column reduction: a column's least element is its v, and its row takes it unless it has a column already.
	for k := n - 1; k >= 0; k-- {
		least, at := math.Inf(1), 0
		for i := range n {
			if c := cost[i*n+k]; c < least {
				least, at = c, i
			}
		}
		v[k] = least
		if column[at] < 0 {
			column[at], row[k] = k, at
		}
	}
	distance, before, done := make([]float64, n), make([]int, n), make([]bool, n)
	columns := make([]int, n) // those that are not done come first
	for free := range n {
		if column[free] >= 0 {
			continue
		}
		// Dijkstra's shortest path from row free to a column without row, in reduced costs.
		for k := range n {
			distance[k], before[k], done[k], columns[k] = cost[free*n+k]-u[free]-v[k], free, false, k
		}
		end, reach := -1, 0.0
		for left := n; end < 0; {
			nearest := 0
			for p, k := range columns[:left] {
				if distance[k] < distance[columns[nearest]] {
					nearest = p
				}
			}
			k := columns[nearest]
			left--
			columns[nearest], columns[left] = columns[left], k
			done[k], reach = true, distance[k]
			i := row[k]
			if i < 0 {
				end = k
				break
			}
			base := reach - u[i]
			line := cost[i*n : (i+1)*n]
			for _, k := range columns[:left] {
				if d := base + line[k] - v[k]; d < distance[k] {
					distance[k], before[k] = d, i
				}
			}
		}
		// The dual variables of the tree move so that the path's reduced costs are zero.
		u[free] += reach
		for k := range n {
			if done[k] && k != end {
				change := reach - distance[k]
				v[k] -= change
				u[row[k]] += change
			}
		}
		for k := end; ; {
			i := before[k]
			row[k] = i
			k, column[i] = column[i], k
			if i == free {
				break
			}
		}
	}
	return column
}
