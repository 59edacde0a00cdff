package serve

import (
	"fmt"
	"net/http"
	"time"
)

// refuse answers with a sentence and ends the connection. Whatever else the request has, such as a body, stays
// unread: net/http would read some of it, and gives up at once where the time for it is over.
func refuse(w http.ResponseWriter, status int, sentence string) {
	http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) // its error: there is nothing to read from
	h := w.Header()
	h.Set("Connection", "close")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, sentence)
}

// guard is the handler that refuses what is no request of the page itself, in the order of what is cheapest.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, fmt.Sprintf("The method %.20q is not allowed; want GET or HEAD", r.Method))
			return
		}
		if r.ContentLength != 0 {
			refuse(w, http.StatusRequestEntityTooLarge, "The request has a body; want none")
			return
		}
		if !s.knows(r.Host) {
			refuse(w, http.StatusForbidden, s.wrongHost(r.Host))
			return
		}
		if why := s.foreign(r); why != "" {
			refuse(w, http.StatusForbidden, why)
			return
		}
		if s.token != nil && !s.token.admit(w, r) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// secure sets the headers of every answer: the page runs its own files alone, in no frame, and tells no other
// site where it was.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "+
		"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
