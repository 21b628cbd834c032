package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/charts"
	"jalon/exchange/table"
	"jalon/indicators"
)

// shapesLimit is how large a file of borders may be.
const shapesLimit = 1 << 20

// A mapForm is where an administrator gives the borders of the governorates.
type mapForm struct {
	Action string
	Drawn  int
	Limit  figure
	Wrong  string
	Detail string // in the words of whoever read the file
	Reason string
}

func (v *view) mapForm() mapForm {
	return mapForm{Action: v.href("admin", "settings", "map"), Drawn: v.p.Newest().Number, Limit: v.size(shapesLimit)}
}

// sentShapes are a form with a file of borders as it came.
type sentShapes struct {
	content []byte
	drawn   int
	reason  string
}

// readShapes reads the form; no more than a file may have.
func readShapes(w http.ResponseWriter, r *http.Request) (sent sentShapes, err error) {
	const words = 64 << 10
	r.Body = http.MaxBytesReader(w, r.Body, shapesLimit+words)
	parts, err := r.MultipartReader()
	if err != nil {
		return sent, unreadable(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return sent, nil
		}
		if err != nil {
			return sent, unreadable(err)
		}
		text, err := io.ReadAll(io.LimitReader(part, shapesLimit+1))
		if err != nil {
			return sent, unreadable(err)
		}
		switch part.FormName() {
		case "shapes":
			sent.content = text
		case "drawn":
			sent.drawn, _ = strconv.Atoi(string(text)) // 0, which is nothing, is refused below
		case "reason":
			sent.reason = strings.ToValidUTF8(string(text), "")
		}
	}
}

// changeMap puts a file of borders in place of the squares, as one changeset.
func (ps *pages) changeMap(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	sent, err := readShapes(w, r)
	if err != nil && !isTooLarge(err) {
		return sheet{}, err
	}
	form := v.mapForm()
	form.Reason = sent.reason
	reason, faulty := statedReason(sent.reason)
	switch {
	case err != nil, len(sent.content) > shapesLimit:
		form.Wrong = v.l.T("map.wrong.large", string(form.Limit))
	case len(sent.content) == 0:
		form.Wrong = v.l.T("document.fault.none")
	case faulty != "":
		form.Wrong = v.l.T(faulty)
	default:
		form.Wrong, form.Detail = v.shapesFault(sent.content)
	}
	if form.Wrong != "" {
		return ps.mapRefused(v, form)
	}
	name, err := ps.server.store.KeepShapes(r.Context(), sent.content)
	if err != nil {
		return sheet{}, err
	}
	p := proposal{drawn: sent.drawn, reason: reason, state: shapesOf}
	entry := table.Entry{Cells: map[string]string{"key": "map_shapes", "value": name}, Line: 1}
	if _, p.problems, err = table.Put(&p.workbook, "settings", entry); err != nil {
		return sheet{}, err
	}
	report, err := ps.record(r.Context(), v, &p)
	if err != nil {
		return sheet{}, err
	}
	return sheet{goOn: v.href("admin", "settings") + "?done=changed&changeset=" + strconv.Itoa(report.Changeset)}, nil
}

func (ps *pages) mapRefused(v *view, form mapForm) (sheet, error) {
	now, err := settingsOf(v.p.Definitions)
	f := &settingsForm{proposal: proposal{drawn: v.p.Newest().Number}, typed: now}
	again := v.settingsSheet(f, settingsPage{Map: form})
	again.status = http.StatusUnprocessableEntity
	return again, err
}

// shapesOf is the setting that a form of borders was drawn from.
func shapesOf(d *indicators.Definitions) (map[string]string, error) {
	return map[string]string{"map_shapes": d.Setting("map_shapes", "")}, nil
}

// shapesFault says what is wrong with a file of borders: it must have every governorate, lest
// the map leaves figures out.
func (v *view) shapesFault(content []byte) (wrong, detail string) {
	codes, err := charts.CheckShapes(content)
	if err != nil {
		return v.l.T("map.wrong.unreadable"), strings.TrimPrefix(err.Error(), indicators.ErrInvalid.Error()+": ")
	}
	var missing []string
	for n := range v.p.Categories {
		if c := &v.p.Categories[n]; c.Dimension == "governorate" && !slices.Contains(codes, c.Code) {
			missing = append(missing, c.Code)
		}
	}
	if len(missing) > 0 {
		return v.l.T("map.wrong.missing", v.l.Isolate(strings.Join(missing, ", "))), ""
	}
	return "", ""
}

// A shapesFile is a file of borders and its name.
type shapesFile struct {
	name    string
	content []byte
}

// shapes are the borders in force at the moment shown; nil: governorates are squares. The
// file read last is kept in memory.
func (ps *pages) shapes(ctx context.Context, v *view) ([]byte, error) {
	name := v.p.Setting("map_shapes", "")
	if name == "" || ps.server.store == nil {
		return nil, nil //nolint:nilnil // no file is no fault
	}
	if kept := ps.shapesKept.Load(); kept != nil && kept.name == name {
		return kept.content, nil
	}
	content, err := ps.server.store.Shapes(ctx, name)
	if errors.Is(err, indicators.ErrNotFound) {
		content, err = nil, nil // the programme was brought here without the file
	}
	if err != nil {
		return nil, fmt.Errorf("reading the map: %w", err)
	}
	ps.shapesKept.Store(&shapesFile{name, content})
	return content, nil
}
