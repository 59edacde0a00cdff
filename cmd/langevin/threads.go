package main

import (
	"runtime"
	"strconv"
)

// followScheduler sets how many processors are used to those that Slurm gives a task, where the machine shows
// more of them and the user has not said how many. Quotas of containers are followed without it.
func followScheduler(getenv func(string) string) {
	if getenv("GOMAXPROCS") != "" {
		return
	}
	for _, name := range []string{"SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE"} {
		if n, err := strconv.Atoi(getenv(name)); err == nil && n > 0 {
			runtime.GOMAXPROCS(min(n, runtime.GOMAXPROCS(0)))
			return
		}
	}
}
