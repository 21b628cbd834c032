package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/mail"
	"strings"
	"unicode"

	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
)

// A text is a mail that is being written, line by line, in plain words.
type text struct {
	l    *locale.Language
	p    *indicators.Picture
	site string // where it is read
	body strings.Builder
}

// letter writes the mail of a message to whoever it is for.
func (p *Postman) letter(m sql.Message, picture *indicators.Picture) (letter, error) {
	t := &text{l: cmp.Or(p.languages[string(m.Language)], p.languages[locale.Codes()[0]]), p: picture, site: p.publicURL}
	programme := (&view{p: picture, l: t.l}).programme().Text
	t.line(t.l.T("mail.hello", t.part(string(m.Name))))
	t.line("")
	subject, err := t.write(m, programme)
	if err != nil {
		return letter{}, fmt.Errorf("reading the %s %d: %w", m.Kind, m.ID, err)
	}
	t.line("")
	t.line(t.l.T("mail.desk"))
	t.address(p.publicURL + "/" + t.l.Code + "/desk")
	t.line("")
	t.line(t.l.T("mail.foot", t.part(programme)))
	if contact := picture.Setting("contact", ""); contact != "" {
		t.line(t.l.T("mail.contact", t.part(contact)))
	}
	from := p.from
	if from.Name == "" {
		from.Name = oneLine(programme)
	}
	return letter{
		delivery: m.Delivery, from: from, to: mail.Address{Name: oneLine(string(m.Name)), Address: string(m.Email)},
		language: t.l.Code, subject: subject, body: t.body.String(), date: p.now(),
	}, nil
}

// write adds what a mail has to say, and gives its subject.
func (t *text) write(m sql.Message, programme string) (subject string, err error) {
	if m.Kind == "reminder" {
		var r sql.Reminder
		if err := json.Unmarshal(m.Payload, &r); err != nil {
			return "", err
		}
		return t.reminder(r, programme), nil
	}
	if m.Kind == "snapshot" {
		var n sql.IssueNotice
		if err := json.Unmarshal(m.Payload, &n); err != nil {
			return "", err
		}
		return t.issue(n, programme), nil
	}
	var n sql.Notice
	if err := json.Unmarshal(m.Payload, &n); err != nil {
		return "", err
	}
	t.line(t.l.T("mail." + m.Kind + ".words"))
	if n.Reason != "" {
		t.line(t.l.T("mail.reason", t.part(n.Reason)))
	}
	t.line("")
	for _, f := range n.Figures {
		t.line(t.l.T("mail.figure", t.indicator(f.Indicator), t.period(f.Period)))
	}
	t.more(n.More)
	return t.l.T("mail."+m.Kind+".subject", t.part(programme)), nil
}

func (t *text) reminder(r sql.Reminder, programme string) (subject string) {
	var late, soon []sql.Owed
	for _, o := range r.Owed {
		if o.Due < r.Day {
			late = append(late, o)
		} else {
			soon = append(soon, o)
		}
	}
	t.line(t.l.T("mail.reminder.words", t.date(r.Day)))
	t.owed("mail.reminder.late", late)
	t.owed("mail.reminder.soon", soon)
	t.more(r.More)
	return t.l.T("mail.reminder.subject", t.part(programme), t.l.Integer(r.Late), t.l.Integer(r.Soon))
}

// issue tells of a snapshot that is published, and where it is.
func (t *text) issue(n sql.IssueNotice, programme string) (subject string) {
	t.line(t.l.T("mail.snapshot.words", t.part(n.Number), t.date(n.Judged)))
	t.address(t.site + "/" + t.l.Code + "/snapshots/" + n.Number)
	if n.Reason != "" {
		t.line("")
		t.line(t.l.T("mail.reason", t.part(string(n.Reason))))
	}
	t.line("")
	t.line(t.l.T("mail.snapshot.stop"))
	return t.l.T("mail.snapshot.subject", t.part(programme), t.part(n.Number))
}

func (t *text) owed(heading string, all []sql.Owed) {
	if len(all) == 0 {
		return
	}
	t.line("")
	t.line(t.l.T(heading))
	for _, o := range all {
		t.line(t.l.T("mail.owed", t.indicator(o.Indicator), t.period(o.Period), t.date(o.Due)))
	}
}

func (t *text) more(n int) {
	if n > 0 {
		t.line(t.l.N("mail.more", n))
	}
}

// rightToLeft says of a line what its first letter, a figure or a Latin one, may not.
const rightToLeft = "\u200f"

func (t *text) line(words string) {
	if t.l.Dir == "rtl" && words != "" {
		words = rightToLeft + words
	}
	t.body.WriteString(words + "\n")
}

// address writes an address on a line of its own, with no mark that could become part of it.
func (t *text) address(url string) { t.body.WriteString(url + "\n") }

// part is something that people entered, within a sentence: one line, in its own direction.
func (t *text) part(words string) string { return t.l.Isolate(oneLine(words)) }

func (t *text) indicator(code string) string {
	if i := t.p.Indicator(code); i != nil {
		title, _ := i.Title.In(t.l.Code)
		return t.l.T("mail.indicator", t.part(title), t.part(code))
	}
	return t.part(code)
}

func (t *text) period(p indicators.Period) string {
	return t.l.Period(p.Year(), p.StartMonth()%12+1, p.Months())
}

func (t *text) date(d indicators.Date) string { return t.l.Date(d.Time()) }

// oneLine is a text without anything that could turn the direction of what follows, or
// begin another line or header.
func oneLine(words string) string {
	straight := strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, words)
	return strings.Join(strings.Fields(unbroken(straight)), " ")
}

// unbroken is a text with blanks in place of all that ends lines or steers machines.
func unbroken(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(words, "�"))
}
