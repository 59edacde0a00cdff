// Package live trains and draws for a page that watches: requests go in, events come out, as messages that any
// transport can carry. The command carries them by WebSocket, the static page by messages of a worker.
package live
