// Package serve lets pages in a browser train and draw: it serves the files of a page, and carries the messages
// of package live by WebSocket. It keeps pages of other sites out, and bounds what a client can take: connections,
// sessions, memory and time. It writes nothing to the disk.
package serve
