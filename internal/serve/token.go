package serve

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
)

// randomName returns 128 random bits, or somewhat more, as letters and digits.
func randomName() string { return rand.Text() }

// NewToken returns a token that nobody can guess.
func NewToken() string { return randomName() }

// admission lets in who knows a token. The address with the token sets a cookie, so that the token leaves the
// address at once, and with it the history and the sight of who looks on.
type admission struct {
	digest [sha256.Size]byte
	cookie string
}

// newAdmission returns that of a server on a port. Cookies know no ports: the name tells servers apart.
func newAdmission(token string, port uint16) *admission {
	return &admission{sha256.Sum256([]byte(token)), fmt.Sprintf("langevin-%d", port)}
}

// is compares in a time that does not depend on where the two differ.
func (a *admission) is(token string) bool {
	digest := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(digest[:], a.digest[:]) == 1
}

// admit tells whether a request may go on, and has answered it where not.
func (a *admission) admit(w http.ResponseWriter, r *http.Request) bool {
	if token := r.URL.Query().Get("token"); token != "" && r.URL.Path == "/" && a.is(token) {
		http.SetCookie(w, &http.Cookie{
			Name: a.cookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return false
	}
	for _, c := range r.CookiesNamed(a.cookie) {
		if a.is(c.Value) {
			return true
		}
	}
	refuse(w, http.StatusUnauthorized, "The request has no right token; open the address that langevin serve printed")
	return false
}
