package main

import (
	"math"
	"time"
)

// clock is time.Now; a variable for tests, in which it jumps. What is computed does not depend on it. It says
// when checkpoints are due, when progress is shown, and how long something took.
var clock = time.Now

// since is how many seconds have passed, to the thousandth.
func since(started time.Time) float64 { return math.Round(clock().Sub(started).Seconds()*1000) / 1000 }
