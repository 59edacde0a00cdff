// Package browser tests the page of langevin serve, and its static folder, in a headless Chromium. It is a module of
// its own, so that nobody who imports the library takes what drives the browser. `make test-browser` runs it.
package browser
