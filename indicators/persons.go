package indicators

import (
	"slices"
	"strings"
	"unicode"
)

// CountsPersons tells whether an indicator's figures are numbers of persons, or shares
// and rates that numbers of persons stand behind. Shares and rates are taken for such
// where they can be broken down by sex or age; of plain numbers the unit decides: one
// that names persons, or any other of what can be broken down by sex or age, but for
// measures (years, days, a thousand of something, something per person) and what has
// decimals. To take a number for one of persons wrongly withholds a few figures; the
// other mistake tells of people.
func (i *Indicator) CountsPersons() bool {
	personal := i.Breakdowns.Has("sex") || i.Breakdowns.Has("age")
	switch {
	case i.isQuotient():
		return personal
	case i.Kind != "number" || i.Decimals != nil && *i.Decimals > 0:
		return false
	}
	unit := unitWords(i)
	if slices.ContainsFunc(unit, func(word string) bool { return slices.Contains(wordsOfMeasures(), word) }) {
		return false
	}
	return personal || slices.ContainsFunc(unit, func(word string) bool { return slices.Contains(wordsForPersons(), word) })
}

// unitWords are the words of an indicator's unit, as stored and as shown, in small
// letters and without the Arabic article.
func unitWords(i *Indicator) []string {
	text := strings.Join([]string{i.Unit, string(i.UnitShown.FR), string(i.UnitShown.AR), string(i.UnitShown.EN)}, " ")
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	for n := range words {
		words[n] = strings.TrimPrefix(words[n], "ال")
	}
	return words
}

func wordsForPersons() []string {
	return []string{
		"person", "persons", "people", "individuals", "women", "men", "girls", "boys", "children", "students", "pupils", "workers",
		"migrants", "refugees", "beneficiaries", "participants", "patients", "inhabitants",
		"personne", "personnes", "individus", "femmes", "hommes", "filles", "garçons", "enfants", "jeunes", "étudiants", "élèves",
		"travailleurs", "réfugiés", "bénéficiaires", "bénéficiaire", "habitants",
		"شخص", "أشخاص", "شخصا", "فرد", "أفراد", "امرأة", "نساء", "رجل", "رجال", "طفل", "أطفال", "تلميذ", "تلاميذ", "طالب", "طلبة",
		"عامل", "عمال", "مهاجر", "مهاجرون", "مهاجرين", "لاجئ", "لاجئون", "لاجئين", "مستفيد", "مستفيدون", "مستفيدين", "مشارك", "مشاركون", "مشاركين",
	}
}

// wordsOfMeasures are those of time, of great units and of rates: 3 of them are not
// three persons.
func wordsOfMeasures() []string {
	return []string{
		"year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minutes", "thousand", "thousands", "million", "millions", "per",
		"an", "ans", "année", "années", "mois", "semaine", "semaines", "jour", "jours", "heure", "heures", "millier", "milliers", "mille", "par",
		"سنة", "سنوات", "شهر", "أشهر", "أسبوع", "أسابيع", "يوم", "أيام", "ساعة", "ساعات", "ألف", "آلاف", "مليون", "ملايين", "لكل",
	}
}
