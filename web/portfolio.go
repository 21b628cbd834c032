package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"

	"jalon/indicators"
	"jalon/locale"
)

// A portfolio is what a donor pays for, as far as filters let it through; without a donor,
// what all of them pay for. Pages, tables and files show the same of it.
type portfolio struct {
	donor  string
	params url.Values // the filters
	grants []grant

	documents []indicators.Document       // public ones
	parts     map[string]indicators.Parts // by indicator
}

// A grant is what one donor has to do with one action.
type grant struct {
	donor string
	indicators.Financed
}

// portfolioOf is the portfolio of an organisation of the programme; "" is that of all who
// pay. One that pays for nothing has an empty one.
func (v *view) portfolioOf(donor string, params url.Values) (*portfolio, error) {
	f := &portfolio{donor: donor, params: params}
	if donor != "" && !v.knowsDonor(donor) {
		return nil, notFound("donor", donor)
	}
	for _, o := range v.p.Payers() {
		if donor != "" && o.Code != donor {
			continue
		}
		f.grants = append(f.grants, grantsOf(o.Code, v.chosenOf(o.Code, params))...)
	}
	return f, nil
}

func grantsOf(donor string, all []indicators.Financed) (grants []grant) {
	for _, financed := range all {
		grants = append(grants, grant{donor, financed})
	}
	return grants
}

// knowsDonor tells whether there is such an organisation. It need not pay for anything yet.
func (v *view) knowsDonor(code string) bool { return v.p.Organisation(code) != nil }

// actions are those of the portfolio, each once, by code.
func (f *portfolio) actions() []*indicators.Action {
	var all []*indicators.Action
	for _, g := range f.grants {
		if !slices.Contains(all, g.Action) {
			all = append(all, g.Action)
		}
	}
	slices.SortFunc(all, func(a, b *indicators.Action) int { return indicators.CompareCodes(a.Code, b.Code) })
	return all
}

// indicators are those of its actions, each once.
func (f *portfolio) indicators() []*indicators.Indicator {
	all := make([]indicators.Financed, len(f.grants))
	for n, g := range f.grants {
		all[n] = g.Financed
	}
	return indicatorsOfAll(all)
}

// A takenFile is a file to take along.
type takenFile struct{ Href, Word string }

// takeAlong offers the portfolio as files, filtered as the page is, and says what to know
// about them.
func (v *view) takeAlong(page *donorPage, code string, params url.Values, chosen []indicators.Financed) {
	actions := actionsOfAll(chosen)
	file := v.activities(&portfolio{donor: code, grants: grantsOf(code, chosen)})
	page.Draft, page.LeftOut = file.IsDraft(), len(file.LeftOut())
	for _, ending := range []string{"csv", "xlsx", "xml"} {
		if ending == "xml" && page.LeftOut == len(actions) {
			continue // there would be nothing in it
		}
		to := v.href("donors", code, "portfolio."+ending)
		if len(params) > 0 {
			to += joint(v.asOf) + params.Encode()
		}
		page.Files = append(page.Files, takenFile{to, v.l.T("donor.file." + ending)})
	}
	page.Holds = v.l.N("donor.holds.actions", len(actions)) + v.l.T("text.comma") + v.l.N("donor.holds.indicators", len(indicatorsOfAll(chosen)))
}

// A portfolioFormat is one sort of file that a portfolio can be taken along as.
type portfolioFormat struct {
	name   string // of --format
	ending string // of the file's name, behind that of the donor
	media  string
	packs  bool // it is not compressed yet
	write  func(v *view, f *portfolio, to io.Writer) error
}

func portfolioFormats() []portfolioFormat {
	return []portfolioFormat{
		{"xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, (*view).writeBook},
		{"iati", "-iati.xml", "application/xml", true, (*view).writeActivities},
	}
}

// PortfolioFormats lists what a portfolio can be taken along as, beside the table of the
// page.
func PortfolioFormats() (names []string) {
	for _, f := range portfolioFormats() {
		names = append(names, f.name)
	}
	return names
}

// portfolioFile answers with a donor's portfolio as a file: exactly what the page shows, to
// everybody what the public may have.
func (ps *pages) portfolioFile(l *locale.Language, as string) http.Handler {
	format := portfolioFormats()[slices.Index(PortfolioFormats(), as)]
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, params, err := ps.publicView(r, l, append([]string{"as-of"}, portfolioFilters()...)...)
		if err != nil {
			return err
		}
		f, err := v.portfolioOf(r.PathValue("code"), only(params, portfolioFilters()))
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, v.p) {
			return nil
		}
		var body bytes.Buffer
		if err := ps.writePortfolio(r, v, f, format, &body); err != nil {
			return err
		}
		var packed []byte
		if format.packs {
			packed = packOnce(r, body.Bytes())
		}
		w.Header().Set("Content-Type", format.media)
		w.Header().Set("Content-Language", l.Code)
		ps.handOut(w, r, fmt.Sprintf("jalon-%s%s", f.donor, format.ending), body.Bytes(), packed)
		return nil
	})
}

// writePortfolio reads what memory does not hold, and writes the file. A file never lacks
// what could not be read in time.
func (ps *pages) writePortfolio(r *http.Request, v *view, f *portfolio, format portfolioFormat, to io.Writer) error {
	list := f.indicators()
	f.documents = ps.documentsOf(r, v)(list...)
	if v.incomplete {
		return fmt.Errorf("the documents cannot be read now: %w", indicators.ErrBusy)
	}
	if ps.server.store != nil && len(list) > 0 {
		var err error
		if f.parts, err = ps.server.store.PartsOf(r.Context(), codesOf(list), v.p.Newest().Number); err != nil {
			return err
		}
	}
	return format.write(v, f, to)
}

func codesOf(list []*indicators.Indicator) []string {
	codes := make([]string, len(list))
	for n, i := range list {
		codes[n] = i.Code
	}
	return codes
}

// A PortfolioQuestion asks for a portfolio as a file.
type PortfolioQuestion struct {
	Donor  string // empty: what all donors pay for
	Lang   string // of the workbook; a file of IATI has all languages
	Format string // one of PortfolioFormats
	AsOf   string // a WHEN; empty: now
}

// Portfolio writes a portfolio as the page of the donor gives it, for whoever holds the
// database.
func (s *Server) Portfolio(ctx context.Context, to io.Writer, q PortfolioQuestion) error {
	l, at := s.languages[q.Lang], slices.Index(PortfolioFormats(), q.Format)
	if l == nil || at < 0 {
		return fmt.Errorf("%w: %q in %q: write one of %v in one of %v", indicators.ErrInvalid, q.Format, q.Lang, PortfolioFormats(), locale.Codes())
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return fmt.Errorf("asking for the portfolio: %w", err)
	}
	p, err := s.picture(ctx, q.AsOf)
	if err != nil {
		return err
	}
	if p.Newest().Number == 0 {
		return fmt.Errorf("%w: nothing has been recorded yet, so there is nothing to export: import a programme first", indicators.ErrNotFound)
	}
	ps := newPages(s)
	v := ps.view(p, l, url.Values{"as-of": {q.AsOf}}, nil)
	f, err := v.portfolioOf(q.Donor, nil)
	if err != nil {
		return err
	}
	return ps.writePortfolio(r, v, f, portfolioFormats()[at], to)
}
