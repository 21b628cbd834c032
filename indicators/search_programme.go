package indicators

import "sync"

// A lazyFinder reads the words of a programme when somebody first looks for something.
type lazyFinder struct {
	once   sync.Once
	finder *Finder
}

// Finder finds what the programme defines. It is made once.
func (ds *Dataset) Finder() *Finder {
	ds.finder.once.Do(func() { ds.finder.finder = NewFinder(ds.findables()) })
	return ds.finder.finder
}

func (ds *Dataset) findables() []Findable {
	all := make([]Findable, 0, len(ds.Indicators)+len(ds.Actions)+len(ds.Groups)+len(ds.Frameworks)+len(ds.Results)+len(ds.Organisations))
	for n := range ds.Indicators {
		i := &ds.Indicators[n]
		all = append(all, Findable{
			Kind: HitIndicator, Key: i.Code, Codes: append([]string{i.Code}, i.External...), Title: i.Title, Definition: i.Definition,
			Others: append(ds.named(string(i.Responsible)), string(i.Source), string(i.UnitShown.FR), string(i.UnitShown.AR), string(i.UnitShown.EN)),
		})
	}
	for n := range ds.Actions {
		a := &ds.Actions[n]
		all = append(all, Findable{
			Kind: HitAction, Key: a.Code, Codes: []string{a.Code}, Title: a.Title, Definition: a.Description,
			Others: append(ds.named(append([]string{string(a.Lead)}, a.Partners...)...), ds.governorates(a.Governorates)...),
		})
	}
	for n := range ds.Groups {
		g := &ds.Groups[n]
		all = append(all, Findable{Kind: HitGroup, Key: g.Code, Codes: []string{g.Code}, Title: g.Title, Others: ds.named(string(g.Coordinator))})
	}
	for n := range ds.Frameworks {
		f := &ds.Frameworks[n]
		all = append(all, Findable{Kind: HitFramework, Key: f.Code, Codes: []string{f.Code}, Title: f.Title})
	}
	for n := range ds.Results {
		r := &ds.Results[n]
		all = append(all, Findable{Kind: HitResult, Key: r.Ref(), Codes: []string{r.Code, r.Ref()}, Title: r.Title})
	}
	for n := range ds.Organisations {
		o := &ds.Organisations[n]
		all = append(all, Findable{Kind: HitOrganisation, Key: o.Code, Codes: []string{o.Code, string(o.IATIID)}, Title: o.Name})
	}
	return all
}

// named are the names of organisations, in every language.
func (ds *Dataset) named(codes ...string) []string {
	var names []string
	for _, code := range codes {
		if o := ds.Organisation(code); o != nil {
			names = append(names, string(o.Name.FR), string(o.Name.AR), string(o.Name.EN))
		}
	}
	return names
}

func (ds *Dataset) governorates(codes []string) []string {
	var names []string
	for _, code := range codes {
		if c := ds.Category("governorate", code); c != nil {
			names = append(names, string(c.Title.FR), string(c.Title.AR), string(c.Title.EN))
		}
	}
	return names
}
