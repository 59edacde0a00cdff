package parts

import (
	"fmt"
	"strconv"
)

// variables are what schedulers set for each of their tasks: its number, and which number is the first.
var variables = []struct {
	name, of string
	first    int
}{
	{"SLURM_ARRAY_TASK_ID", "a Slurm array", 0},
	{"JOB_COMPLETION_INDEX", "an indexed Job of Kubernetes", 0},
	{"PARALLEL_SEQ", "GNU parallel", 1},
}

// Find returns which of n shards a process is, by what a scheduler has set in its environment. The number of
// shards is never taken from there: who runs two tasks of ten anew has an array of two.
func Find(n int, getenv func(string) string) (int, error) {
	found, name, text := -1, "", ""
	for _, v := range variables {
		value := getenv(v.name)
		if value == "" {
			continue
		}
		if name != "" {
			return 0, fmt.Errorf("both %s=%s and %s=%s are set: say which shard this is, as in --shard %s/%d",
				name, text, v.name, value, text, n)
		}
		i, err := strconv.Atoi(value)
		if err != nil || i < v.first || i-v.first >= n {
			return 0, fmt.Errorf("%s=%s, of %s: want %d to %d, of %d shards", v.name, value, v.of, v.first, v.first+n-1, n)
		}
		found, name, text = i-v.first, v.name, value
	}
	if name == "" {
		return 0, fmt.Errorf("which of %d shards this is, is in none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and "+
			"PARALLEL_SEQ: say it, as in --shard 0/%d", n, n)
	}
	return found, nil
}
