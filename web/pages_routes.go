package web

import (
	"jalon/indicators"
	"jalon/locale"
)

// pageRoutes lists the addresses of all pages, charts and static files.
func (s *Server) pageRoutes(mux register) {
	ps := newPages(s)
	s.errorPage = ps.tell
	ps.assets.routes(mux)
	mux.Handle("GET /{$}", s.page(ps.home))
	mux.Handle("/", s.page(ps.nothing(mux.mux)))
	mux.Handle("GET /oidc/callback", s.page(ps.finish))
	ps.documentRoutes(mux)
	for _, lang := range locale.Codes() {
		at := "GET /" + lang
		l := s.languages[lang]
		mux.Handle(at, s.page(ps.home))
		mux.Handle(at+"/{$}", ps.page(l, showOverview))
		mux.Handle(at+"/groups/{code}", ps.page(l, showGroup))
		mux.Handle(at+"/actions/{code}", ps.page(l, showAction))
		mux.Handle(at+"/indicators/{code}", ps.page(l, showIndicator, indicatorChoices()...))
		mux.Handle(at+"/frameworks/{code}", ps.page(l, showFramework))
		mux.Handle(at+"/frameworks/{code}/{result}", ps.page(l, showResult))
		mux.Handle(at+"/actions", ps.page(l, showActions, actionFilters()...))
		mux.Handle(at+"/donors", ps.page(l, showDonors, "currency"))
		mux.Handle(at+"/donors/{code}", ps.page(l, showDonor, portfolioFilters()...))
		mux.Handle(at+"/donors/{code}/portfolio.csv", ps.figuresOf(l, findPortfolioTable, portfolioFilters()...))
		mux.Handle(at+"/donors/{code}/portfolio.xlsx", ps.portfolioFile(l, "xlsx"))
		mux.Handle(at+"/donors/{code}/portfolio.xml", ps.portfolioFile(l, "iati"))
		mux.Handle(at+"/territory", ps.page(l, showTerritory, "indicator", "period"))
		mux.Handle(at+"/territory/{code}", ps.page(l, showGovernorate))
		mux.Handle(at+"/complementarities", ps.page(l, showCrossings, "by", "framework"))
		mux.Handle(at+"/indicators", ps.page(l, showIndicators, append(listFilters(), "page")...))
		mux.Handle(at+"/indicators.csv", ps.indicatorTable(l))
		mux.Handle(at+"/search", ps.page(l, showSearch, searchFilters()...))
		mux.Handle(at+"/glossary", ps.page(l, showGlossary))
		mux.Handle(at+"/feed.atom", ps.feed(l))
		mux.Handle(at+"/methods", ps.page(l, showMethods))
		mux.Handle(at+"/data", ps.page(l, showData))
		mux.Handle(at+"/data/{file}", ps.dataFile(l))
		mux.Handle(at+"/indicators/{code}/values.csv", ps.valuesFile(l))
		mux.Handle(at+"/quality", ps.page(l, ps.showQuality, qualityFilters()...))
		mux.Handle("POST /"+lang+"/quality", ps.present(l, indicators.Accept, ps.judgeFinding))

		mux.Handle(at+"/styleguide", ps.page(l, showStyleguide))
		mux.Handle(at+"/history", ps.history(l, ps.showHistory, "kind", "indicator", "before"))
		mux.Handle(at+"/history/{number}", ps.history(l, ps.showChangeset))
		mux.Handle(at+"/history.csv", ps.trail(l))
		mux.Handle(at+"/indicators/{code}/history", ps.history(l, ps.showIndicatorHistory))
		mux.Handle(at+"/indicators/{code}/history/{period}", ps.history(l, ps.showFigureHistory, "breakdown"))

		mux.Handle(at+"/sign-in", ps.open(l, ps.signInForm))
		mux.Handle("POST /"+lang+"/sign-in", ps.open(l, ps.signIn))
		mux.Handle(at+"/oidc", ps.begin(l))
		mux.Handle("POST /"+lang+"/sign-out", ps.open(l, ps.signOut))
		mux.Handle(at+"/invitation/{key}", ps.open(l, ps.invitation))
		mux.Handle("POST /"+lang+"/invitation/{key}", ps.open(l, ps.takeUp))
		mux.Handle(at+"/account", ps.personal(l, signedIn, ps.ownAccount))
		mux.Handle("POST /"+lang+"/account", ps.personal(l, signedIn, ps.changeOwnAccount))
		ps.adminRoutes(mux, l)

		mux.Handle(at+"/desk", ps.present(l, indicators.ReadWork, ps.deskPage))
		mux.Handle("POST /"+lang+"/desk/review", ps.present(l, indicators.ReadWork, ps.review))
		mux.Handle(at+"/desk/grid", ps.present(l, indicators.Propose, ps.grid))
		mux.Handle("POST /"+lang+"/desk/grid", ps.present(l, indicators.Propose, ps.saveGrid))
		mux.Handle(at+"/desk/figures/{code}", ps.present(l, indicators.ReadWork, ps.figurePage))
		mux.Handle("POST /"+lang+"/desk/figures/{code}", ps.present(l, indicators.Propose, ps.saveFigure))
		mux.Handle(at+"/desk/periods", ps.present(l, indicators.Publish, ps.periods))
		mux.Handle("POST /"+lang+"/desk/periods", ps.present(l, indicators.Publish, ps.changePeriods))
		ps.reportRoutes(mux, lang)
		ps.differenceRoutes(mux, lang)
		ps.snapshotRoutes(mux, l)
		ps.plateRoutes(mux, lang)
	}
}
