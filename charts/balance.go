package charts

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"

	"jalon/indicators/progress"
	"jalon/locale"
)

// An Effort is one funded action: what was paid of its budget, and how far it has
// come. Shares are 0 at nothing and 1 at the whole.
type Effort struct {
	Title     string
	Disbursed float64 // share of the budget
	Reached   float64 // share of the way to the target; below 0 when moving away
	Amount    float64 // budget, in Currency
	Currency  string  // ISO 4217
	Status    progress.Status
}

const (
	even = 0.1  // results and money that differ by less are in balance
	far  = 0.25 // those that differ by more are named
)

// The ends of the axis of results: whoever is beyond stands at the end of it.
const leastReached, mostReached = -0.5, 1.5

// gap is how far the results are ahead of the money, or behind it.
func (e Effort) gap() float64 { return e.Reached - e.Disbursed }

// A balance is a plane of efforts.
type balance struct {
	plane
	all  []Effort // the larger first, so that the smaller lie above
	most map[string]float64
	wide bool
}

// Balance shows what each action reached against what was paid for it. On the
// diagonal the two are in balance. Amounts are compared within a currency only.
func Balance(l *locale.Language, all []Effort, f Format) (Chart, error) {
	b := &balance{plane: plane{l: l, width: 760, height: 520}, most: map[string]float64{}, wide: f == Wide}
	if f == Narrow {
		b.width, b.height = 360, 410
	}
	for _, e := range all {
		if finite(e.Disbursed) && finite(e.Reached) {
			if !finite(e.Amount) {
				e.Amount = 0
			}
			b.all = append(b.all, e)
			b.most[e.Currency] = max(b.most[e.Currency], e.Amount)
		}
	}
	slices.SortStableFunc(b.all, func(x, y Effort) int { return cmp.Compare(b.size(y), b.size(x)) })
	key := b.key()
	note := b.note()
	legends := legend(l, key, b.width-8)
	foot := float64(len(legends))*legendLine + float64(len(note))*16 + 22
	b.height += max(foot-80, 0)
	b.scale(foot)
	for n, text := range note {
		b.write(hand{soft, 12, false}, text, sides(l).start, b.from(6), b.height-float64(len(legends))*legendLine-float64(len(note)-n)*16+4)
	}
	o, err := b.option(b.series(), legends)
	return Chart{
		Name: "balance", Title: l.T("chart.balance.title"), Description: b.describe(),
		Option: o, Width: int(b.width), Height: int(b.height),
	}, err
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// size is the diameter of a symbol, whose surface grows with the amount.
func (b *balance) size(e Effort) float64 {
	least, most := 14.0, 40.0 // the sign in it must be legible
	if !b.wide {
		least, most = 13, 30
	}
	if b.most[e.Currency] <= 0 || e.Amount <= 0 {
		return least
	}
	return least + (most-least)*math.Sqrt(e.Amount/b.most[e.Currency])
}

func (b *balance) scale(foot float64) {
	x, low, high := 1.0, 0.0, 1.0
	for _, e := range b.all {
		x = max(x, e.Disbursed)
		low, high = min(low, e.Reached), max(high, e.Reached)
	}
	quarter := func(v float64, round func(float64) float64) float64 { return round(v*4) / 4 }
	low, high = max(quarter(low, math.Floor), leastReached), min(quarter(high, math.Ceil), mostReached)
	b.xs = [2]float64{-0.04, min(quarter(x, math.Ceil), mostReached) + 0.04}
	b.ys = [2]float64{low - 0.05, high + 0.06}
	b.area = box{56, 34, b.width - 56 - 12, b.height - 34 - foot - 26}
	b.mirror()
	b.labels.room = b.area
}

// place is where an effort stands, within the axes.
func (b *balance) place(e Effort) [2]float64 {
	return [2]float64{min(max(e.Disbursed, 0), mostReached), min(max(e.Reached, leastReached), mostReached)}
}

func (b *balance) series() []series {
	steps := func(from, to float64) []float64 {
		var all []float64
		for v := math.Ceil(from*4) / 4; v <= to; v += 0.25 {
			all = append(all, v)
		}
		return all
	}
	percent := func(v float64) string { return figure(b.l, b.l.Percent(v, 0)) }
	xs, ys := steps(b.xs[0], b.xs[1]), steps(b.ys[0], b.ys[1])
	b.ticksX(xs, percent)
	b.ticksY(ys, percent)
	b.write(hand{soft, 12, false}, b.l.T("chart.balance.reached"), sides(b.l).start, b.from(6), 14)
	b.write(hand{soft, 12, false}, b.l.T("chart.balance.disbursed"), sides(b.l).end, b.from(b.width-12), b.area.top+b.area.height+30)
	end := min(b.xs[1], b.ys[1])
	diagonal := stroke{to: [2]float64{end, end}}
	b.labels.along(b.x(0), b.y(0), b.x(end), b.y(end))
	all := []series{
		strokes(append(b.across(ys), b.upright(xs)...), opts.LineStyle{Color: line, Width: 1}),
		strokes(append(b.across([]float64{0}), b.upright([]float64{0})...), opts.LineStyle{Color: zero, Width: 1}),
		strokes([]stroke{diagonal}, opts.LineStyle{Color: soft, Width: 1.5, Type: "dashed"}),
	}
	for _, s := range progress.Statuses() {
		var data []item
		for _, e := range b.all {
			if e.Status == s {
				data = append(data, item{Value: b.place(e), SymbolSize: math.Round(b.size(e)*10) / 10, Tooltip: b.tip(e)})
			}
		}
		if data != nil {
			one := scatter(directed(b.l, b.l.T("status."+string(s))), statusSign(s).cutOut(), statusColour(s), 12, data)
			one.ItemStyle.Opacity = opts.Float(0.9)
			all = append(all, one)
		}
	}
	b.name(end)
	return all
}

// name names the diagonal and those far off it, the farthest first.
func (b *balance) name(end float64) {
	for _, e := range b.all {
		b.symbol(b.place(e), b.size(e))
	}
	if len(b.all) == 0 {
		b.write(hand{soft, 13, false}, b.l.T("chart.balance.none"), "center", b.area.left+b.area.width/2, b.area.top+b.area.height/2)
	}
	b.beside(hand{soft, 12, false}, b.l.T("chart.balance.diagonal"), [2]float64{end * 0.93, end * 0.93}, 0, true)
	if b.wide {
		side, top, bottom := sides(b.l), b.area.top+8, b.area.top+b.area.height-10
		b.corner(hand{soft, 12, false}, b.l.T("chart.balance.ahead"), side.start, b.from(66), top)
		b.corner(hand{soft, 12, false}, b.l.T("chart.balance.behind"), side.end, b.from(b.width-20), bottom)
	}
	off := slices.Clone(b.all)
	slices.SortStableFunc(off, func(x, y Effort) int { return cmp.Compare(math.Abs(y.gap()), math.Abs(x.gap())) })
	room := 230.0
	if !b.wide {
		room = 120
	}
	for _, e := range off {
		beyond := e.Reached < leastReached || e.Reached > mostReached
		if math.Abs(e.gap()) < far && !beyond {
			break
		}
		text := figure(b.l, cut(plain(e.Title), 12, room))
		if beyond {
			text = b.l.T("chart.value", text, figure(b.l, b.l.Percent(e.Reached, 0)))
		}
		b.beside(hand{ink, 12, false}, text, b.place(e), b.size(e)/2, false)
	}
}

// tip is the whole of an effort in words.
func (b *balance) tip(e Effort) *tip {
	lines := []string{
		plain(e.Title),
		b.l.T("chart.list_item", b.l.T("chart.balance.disbursed"), figure(b.l, b.l.Percent(e.Disbursed, 0))),
		b.l.T("chart.list_item", b.l.T("chart.balance.reached"), figure(b.l, b.l.Percent(e.Reached, 0))),
		b.l.T("chart.list_item", b.l.T("chart.balance.amount"), b.money(e.Amount, e.Currency)),
		b.l.T("status." + string(e.Status)),
	}
	return &tip{directed(b.l, strings.Join(lines, "\n"))}
}

func (b *balance) money(amount float64, currency string) string {
	return figure(b.l, b.l.Number(amount, 0)+"\u00a0"+plain(currency))
}

func (b *balance) key() []sign {
	var signs []sign
	for _, s := range progress.Statuses() {
		if slices.ContainsFunc(b.all, func(e Effort) bool { return e.Status == s }) {
			signs = append(signs, sign{directed(b.l, b.l.T("status."+string(s))), statusSign(s).cutOut()})
		}
	}
	return signs
}

// note says what the surface of a symbol stands for, in each currency.
func (b *balance) note() []string {
	var largest []string
	for currency, most := range b.most {
		if most > 0 {
			largest = append(largest, b.money(most, currency))
		}
	}
	if largest == nil {
		return nil
	}
	slices.Sort(largest)
	key := "chart.balance.size"
	if len(largest) > 1 {
		key = "chart.balance.sizes"
	}
	return strings.Split(wrap(b.l.T(key, strings.Join(largest, b.l.T("chart.list_comma"))), 12, b.width-16, 3), "\n")
}

func (b *balance) describe() string {
	if len(b.all) == 0 {
		return b.l.T("chart.balance.empty")
	}
	ahead, behind, farthest := 0, 0, b.all[0]
	for _, e := range b.all {
		switch {
		case e.gap() > even:
			ahead++
		case e.gap() < -even:
			behind++
		}
		if math.Abs(e.gap()) > math.Abs(farthest.gap()) {
			farthest = e
		}
	}
	share := func(x float64) string { return figure(b.l, b.l.Percent(x, 0)) }
	return b.l.T("chart.balance.description", b.l.N("chart.actions", len(b.all)),
		b.l.Integer(len(b.all)-ahead-behind), b.l.Integer(ahead), b.l.Integer(behind),
		plain(farthest.Title), share(farthest.Disbursed), share(farthest.Reached))
}
