//go:build !js

package main

import (
	"os"
	"syscall"
)

var stopping = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
