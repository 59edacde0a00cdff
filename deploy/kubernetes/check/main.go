// Command check decodes the manifests of a directory strictly into the types of Kubernetes, and runs the command
// lines of their containers as an indexed Job would, with a folder in the place of /data: for each completion once,
// with its JOB_COMPLETION_INDEX. The manifests run in the order that they are named.
//
//	check -langevin BINARY -data DIR MANIFEST...
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"slices"
	"strings"

	batch "k8s.io/api/batch/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	log.SetFlags(0)
	binary := flag.String("langevin", "", "the command")
	data := flag.String("data", "", "the folder in the place of /data")
	flag.Parse()
	for _, path := range flag.Args() {
		if err := run(path, *binary, *data); err != nil {
			log.Fatalf("%s: %v", path, err)
		}
	}
}

// run decodes a manifest and runs its job.
func run(path, binary, data string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var job batch.Job
	if err := yaml.UnmarshalStrict(text, &job); err != nil {
		return err
	}
	if job.Kind != "Job" || job.APIVersion != "batch/v1" {
		return fmt.Errorf("it is a %s of %s, want a Job of batch/v1", job.Kind, job.APIVersion)
	}
	command := job.Spec.Template.Spec.Containers[0].Command
	indices := 1
	if mode := job.Spec.CompletionMode; mode != nil && *mode == batch.IndexedCompletion {
		indices = int(*job.Spec.Completions)
		if !slices.Contains(command, fmt.Sprintf("--shards=%d", indices)) {
			return fmt.Errorf("%d completions, and the command is %v", indices, command)
		}
	}
	for i := range indices {
		var args []string
		for _, a := range command[1:] {
			args = append(args, strings.ReplaceAll(a, "/data/", data+"/"))
		}
		c := exec.Command(binary, args...)
		c.Env = append(os.Environ(), fmt.Sprint("JOB_COMPLETION_INDEX=", i))
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if err := c.Run(); err != nil {
			return fmt.Errorf("completion %d: %w", i, err)
		}
	}
	fmt.Printf("%s: decoded, and %d completions run\n", path, indices)
	return nil
}
