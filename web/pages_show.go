package web

import "net/http"

func showOverview(v *view, _ *http.Request) (sheet, error) {
	return sheet{"overview", "", v.l.T("overview.title"), true, v.overview()}, nil
}

func showGroup(v *view, r *http.Request) (sheet, error) {
	page, err := v.group(r.PathValue("code"))
	return sheet{"group", escaped("groups", page.Code), page.Name.Text, false, page}, err
}

func showAction(v *view, r *http.Request) (sheet, error) {
	page, err := v.action(r.PathValue("code"))
	return sheet{"action", escaped("actions", page.Code), page.Name.Text, false, page}, err
}

func showIndicator(v *view, r *http.Request) (sheet, error) {
	page, err := v.indicator(r.PathValue("code"))
	return sheet{"indicator", escaped("indicators", page.Code), page.Name.Text, true, page}, err
}

func showFramework(v *view, r *http.Request) (sheet, error) {
	page, err := v.framework(r.PathValue("code"))
	return sheet{"framework", escaped("frameworks", page.Code), page.Name.Text, true, page}, err
}

func showResult(v *view, r *http.Request) (sheet, error) {
	page, err := v.result(r.PathValue("code"), r.PathValue("result"))
	return sheet{"result", escaped("frameworks", page.Framework.Code, page.Code), page.Name.Text, false, page}, err
}

func showMethods(v *view, _ *http.Request) (sheet, error) {
	return sheet{"methods", "methods", v.l.T("methods.title"), false, v.methods()}, nil
}
