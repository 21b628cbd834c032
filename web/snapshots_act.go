package web

import (
	"errors"
	"net/http"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// longestSnapshotText is how many characters a text beside a snapshot may have in a language.
const longestSnapshotText = 20_000

// changeSnapshot writes a text beside a snapshot, drops it or publishes it.
func (ps *pages) changeSnapshot(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	snap, err := ps.snapshotAt(v, r)
	if err != nil {
		return sheet{}, err
	}
	do := r.PostForm.Get("do")
	if do == "text" {
		return ps.wordSnapshot(v, w, r, &snap)
	}
	if !v.reader.Has(indicators.Publish) {
		return sheet{}, indicators.ErrRight
	}
	switch do {
	case "drop":
		return ps.dropSnapshot(v, w, r, &snap)
	case "publish":
		return ps.publishSnapshot(v, w, r, &snap)
	}
	return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form asks for nothing that there is"))
}

// snapshotAgain draws the page anew, with a word on why nothing came of a form.
func (ps *pages) snapshotAgain(v *view, r *http.Request, page snapshotDeskPage, typed *textForm, status int) (sheet, error) {
	snap, err := ps.snapshotAt(v, r) // as it is now
	if err != nil {
		return sheet{}, err
	}
	if snap.IsPublished() {
		page.Publish = nil
	}
	s, err := ps.snapshotSheet(v, r, &snap, page, typed)
	s.status = status
	return s, err
}

// refusedSnapshot words what keeps an act from being done; other errors stay what they are.
func (ps *pages) refusedSnapshot(v *view, w http.ResponseWriter, r *http.Request, err error, page snapshotDeskPage, typed *textForm) (sheet, error) {
	switch {
	case errors.Is(err, indicators.ErrConflict):
		page.Wrong = v.l.T("snapshots.wrong.conflict")
		return ps.snapshotAgain(v, r, page, typed, http.StatusConflict)
	case errors.Is(err, indicators.ErrBusy):
		w.Header().Set("Retry-After", "5")
		page.Wrong = v.l.T("review.busy")
		return ps.snapshotAgain(v, r, page, typed, http.StatusServiceUnavailable)
	}
	return sheet{}, err
}

// wordSnapshot writes a text. If somebody else has written another meanwhile, both versions
// are shown, and what was typed is kept.
func (ps *pages) wordSnapshot(v *view, w http.ResponseWriter, r *http.Request, snap *indicators.Snapshot) (sheet, error) {
	kind, group := indicators.TextKind(r.PostForm.Get("kind")), r.PostForm.Get("group")
	text := indicators.SnapshotText{Snapshot: snap.Number, Kind: kind, Group: indicators.Optional(group)}
	var err error
	if text.Since, err = strconv.Atoi(r.PostForm.Get("since")); err != nil {
		return sheet{}, errors.Join(indicators.ErrInvalid, errors.New("the form does not say which version was seen: open its page anew"))
	}
	for name, into := range map[string]*indicators.Optional{"fr": &text.Text.FR, "ar": &text.Text.AR, "en": &text.Text.EN} {
		typed, err := typedText(r, name, longestSnapshotText)
		if err != nil {
			return sheet{}, err
		}
		*into = indicators.Optional(typed)
	}
	if err := text.Check(); err != nil {
		return sheet{}, err
	}
	if !v.reader.MayWord(kind, group) {
		return sheet{}, indicators.ErrRight
	}
	if group != "" && v.p.Group(group) == nil {
		return sheet{}, notFound("group", group)
	}
	standing, err := ps.server.store.WriteSnapshotText(r.Context(), v.reader.By(indicators.Worded, ""), text, ps.server.cfg.WriteWait)
	if err == nil {
		return sheet{goOn: v.snapshotDeskHref(snap.Number) + "?done=word"}, nil
	}
	typed := v.textForm(kind, group, &text)
	page := snapshotDeskPage{}
	if errors.Is(err, indicators.ErrConflict) && standing.Since != text.Since {
		typed.Wrong, typed.Since = v.l.T("snapshots.wrong.text"), standing.Since
		for _, language := range []struct {
			code string
			text indicators.Optional
		}{{"fr", standing.Text.FR}, {"ar", standing.Text.AR}, {"en", standing.Text.EN}} {
			if language.text != "" {
				typed.Theirs = append(typed.Theirs, phrase{string(language.text), language.code})
			}
		}
	}
	return ps.refusedSnapshot(v, w, r, err, page, &typed)
}

func (ps *pages) dropSnapshot(v *view, w http.ResponseWriter, r *http.Request, snap *indicators.Snapshot) (sheet, error) {
	reason, err := typedText(r, "reason", maxReason)
	if err != nil {
		return sheet{}, err
	}
	if reason == "" {
		return ps.snapshotAgain(v, r, snapshotDeskPage{Wrong: v.l.T("review.reason_required")}, nil, http.StatusUnprocessableEntity)
	}
	err = ps.server.store.DropSnapshot(r.Context(), snap.Number, v.reader.By(indicators.Dropped, reason), ps.server.cfg.WriteWait)
	if err != nil {
		return ps.refusedSnapshot(v, w, r, err, snapshotDeskPage{}, nil)
	}
	return sheet{goOn: "/" + v.l.Code + "/snapshots"}, nil
}

// publishSnapshot asks whether the reader is sure, and then publishes what they have seen.
func (ps *pages) publishSnapshot(v *view, w http.ResponseWriter, r *http.Request, snap *indicators.Snapshot) (sheet, error) {
	reason, err := typedText(r, "reason", maxReason)
	if err != nil {
		return sheet{}, err
	}
	form := &publishForm{Sure: true, Reason: reason}
	page := snapshotDeskPage{Publish: form}
	switch sure := r.PostForm.Get("sure") == "yes"; {
	case snap.IsPublished() || r.PostForm.Get("sha256") != snap.SHA256: // taken again meanwhile
		return ps.refusedSnapshot(v, w, r, indicators.ErrConflict, page, nil)
	case !sure:
		if form.Reason == "" {
			form.Reason = string(snap.Reason)
		}
		return ps.snapshotSheet(v, r, snap, page, nil)
	case snap.Reason != "" && reason == "":
		form.Wrong = v.l.T("review.reason_required")
		return ps.snapshotAgain(v, r, page, nil, http.StatusUnprocessableEntity)
	}
	issuing := sql.Issuing{Number: snap.Number, Act: v.reader.By(indicators.Issued, reason), Key: ps.server.cfg.SnapshotKey, Wait: ps.server.cfg.WriteWait}
	if _, err := ps.server.store.PublishSnapshot(r.Context(), issuing); err != nil {
		return ps.refusedSnapshot(v, w, r, err, page, nil)
	}
	// Whoever has published sees it on the next page; if not now, the watch finds it.
	_ = ps.server.live.Refresh(r.Context())
	return sheet{goOn: v.snapshotDeskHref(snap.Number) + "?done=issue"}, nil
}
