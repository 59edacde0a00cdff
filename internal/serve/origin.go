package serve

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// knows tells whether a request may name the server by this Host. A page of another site can have its name
// point to this machine (DNS rebinding), and then its requests are of one origin for the browser; but they
// carry that name. The port is no matter: it is another one behind ssh -L, and cannot be chosen by a page
// elsewhere.
func (s *Server) knows(host string) bool {
	name := strings.ToLower(hostname(host))
	if address, err := netip.ParseAddr(name); err == nil {
		if s.loopback {
			return address.Unmap().IsLoopback()
		}
		return address.Unmap() == s.address.Addr().Unmap() || ofThisMachine(address)
	}
	for _, known := range s.names {
		if name == known {
			return true
		}
	}
	return s.loopback && name == "localhost"
}

// hostname returns a Host without its port and brackets.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

// ofThisMachine tells whether an interface has the address. Addresses change, so that each request asks.
func ofThisMachine(address netip.Addr) bool {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, a := range all {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && prefix.Addr().Unmap() == address.Unmap() {
			return true
		}
	}
	return false
}

func (s *Server) wrongHost(host string) string {
	if s.loopback {
		return fmt.Sprintf("The host %.100q is not this machine; open %s", hostname(host), s.root())
	}
	return fmt.Sprintf("The host %.100q is not known; start langevin serve with --host and that name if it is this machine",
		hostname(host))
}

// foreign tells why a request is one of another site's page, or nothing where it is not. Browsers name the
// origin of every WebSocket, and send no Origin where an address is typed or a link followed. A request without
// one that wants a WebSocket is of a program; on loopback programs of this machine may do so, elsewhere none.
func (s *Server) foreign(r *http.Request) string {
	if origins := r.Header.Values("Origin"); len(origins) > 0 {
		u, err := url.Parse(origins[0])
		if len(origins) > 1 || err != nil || u.Host == "" || !strings.EqualFold(u.Host, r.Host) {
			return fmt.Sprintf("The origin %.100q is another site; open the page itself", strings.Join(origins, ", "))
		}
	} else if !s.loopback && r.Header.Get("Upgrade") != "" {
		return "The request has no Origin; want the page's own"
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return ""
	}
	// A link to the page is one of another site too, and shows it to nobody but the person who follows it.
	if r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" && r.URL.Path == "/" {
		return ""
	}
	return "The request is of another site's page; open the page itself"
}
