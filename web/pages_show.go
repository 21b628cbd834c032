package web

import "net/http"

func showOverview(v *view, _ *http.Request) (sheet, error) {
	return sheet{template: "overview", path: "", title: v.l.T("overview.title"), charts: true, onePage: true, main: v.overview()}, nil
}

func showGroup(v *view, r *http.Request) (sheet, error) {
	page, err := v.group(r.PathValue("code"))
	return sheet{template: "group", path: escaped("groups", page.Code), title: page.Name.Text, charts: true, main: page}, err
}

func showAction(v *view, r *http.Request) (sheet, error) {
	page, err := v.action(r.PathValue("code"))
	return sheet{template: "action", path: escaped("actions", page.Code), title: page.Name.Text, charts: true, main: page}, err
}

func showIndicator(v *view, r *http.Request) (sheet, error) {
	params := only(r.URL.Query(), indicatorChoices())
	page, err := v.indicator(r.PathValue("code"), params)
	return sheet{template: "indicator", path: escaped("indicators", page.Code), params: params, title: page.Name.Text, charts: true, choices: true, main: page}, err
}

func showFramework(v *view, r *http.Request) (sheet, error) {
	page, err := v.framework(r.PathValue("code"))
	return sheet{template: "framework", path: escaped("frameworks", page.Code), title: page.Name.Text, charts: true, main: page}, err
}

func showResult(v *view, r *http.Request) (sheet, error) {
	page, err := v.result(r.PathValue("code"), r.PathValue("result"))
	return sheet{template: "result", path: escaped("frameworks", page.Framework.Code, page.Code), title: page.Name.Text, charts: true, main: page}, err
}

func showData(v *view, _ *http.Request) (sheet, error) {
	return sheet{template: "data", path: "data", title: v.l.T("data.title"), main: v.data()}, nil
}

func showMethods(v *view, _ *http.Request) (sheet, error) {
	return sheet{template: "methods", path: "methods", title: v.l.T("methods.title"), main: v.methods()}, nil
}

func showStyleguide(v *view, _ *http.Request) (sheet, error) {
	page, err := v.styleguide()
	return sheet{template: "styleguide", path: "styleguide", title: v.l.T("guide.title"), charts: true, unlisted: true, main: page}, err
}
