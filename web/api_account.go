package web

import (
	"net/http"

	"jalon/indicators"
)

// A self is what a program is told of the account that it acts for.
type self struct {
	ID       int                         `json:"id"`
	Email    indicators.Optional         `json:"email"`
	Name     string                      `json:"name"`
	Role     indicators.Role             `json:"role"`
	Language string                      `json:"language"`
	Scope    indicators.Scope            `json:"scope"`
	Rights   map[indicators.Right]string `json:"rights"` // scope or everywhere
	Token    indicators.Token            `json:"token"`
}

// ownSelf answers GET /api/v1/account: who one is, and what this token may do.
func (s *Server) ownSelf(w http.ResponseWriter, r *http.Request) error {
	if done, err := readsOnly(w, r); done || err != nil {
		return err
	}
	if _, err := parameters(r, nil); err != nil {
		return err
	}
	v := visitorOf(r)
	if v.token == nil {
		return errNoToken
	}
	a := v.account
	w.Header().Set("Cache-Control", "private, no-store")
	return writeJSON(w, self{a.ID, a.Email, a.Name, a.Role, a.Language, a.Scope, v.rights(), *v.token})
}

// rights are those of the account that the token passes on.
func (v visitor) rights() map[indicators.Right]string {
	all := map[indicators.Right]string{}
	for _, right := range indicators.Rights() {
		reads := right == indicators.ReadWork || right == indicators.ReadTrail
		switch reach := v.account.Role.Reach(right); {
		case !reads && !v.token.Writes:
		case reach == indicators.InScope:
			all[right] = "scope"
		case reach == indicators.Everywhere:
			all[right] = "everywhere"
		}
	}
	return all
}
