package main

import (
	"os/exec"
	"runtime"
)

// openBrowser opens an address by the system's own command, and does not wait for the browser.
func openBrowser(url string) error {
	command := exec.Command("xdg-open", url)
	switch runtime.GOOS {
	case "darwin":
		command = exec.Command("open", url)
	case "windows":
		command = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	}
	if err := command.Start(); err != nil {
		return err
	}
	go command.Wait() // what the browser says of its end is no matter
	return nil
}
