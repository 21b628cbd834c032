package indicators

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"  Coût de l’envoi — de FONDS ": "cout de l envoi de fonds",
		"Main-d'œuvre émigrée":          "main d oeuvre emigree",
		"الهِجْـــرَة والتّنمية":        "الهجره والتنميه",
		"أإآٱ مسؤولية على شاطئ":         "اااا مسووليه علي شاطي",
		"٢٠٣٠ و ۱۲":                     "2030 و 12",
		"10.c / REM-COST":               "10 c rem cost",
		"m² ½ ﻻ ﬁn":                     "m2 1 2 لا fin",
		"a\x00b\xffc <script>":          "a b c script",
		"":                              "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, text := range []string{"Coût de l’envoi", "الهِجْـــرَة", "½ ﷺ ℌ İ ϔ", "\xff\x00", "٢٠٣٠"} {
		f.Add(text, "envoi")
	}
	finder := NewFinder(samples())
	f.Fuzz(func(t *testing.T, text, query string) {
		folded := Fold(text)
		if again := Fold(folded); again != folded || !utf8.ValidString(folded) {
			t.Fatalf("%q folds to %q, and that to %q", text, folded, again)
		}
		q := ParseQuery(query)
		for _, mark := range q.Marks(text) {
			if mark[0] >= mark[1] || mark[1] > len(text) || Fold(text[mark[0]:mark[1]]) == "" {
				t.Fatalf("a mark at %v of %q", mark, text)
			}
		}
		if hits := finder.Find(q); q.IsEmpty() != (folded == "") && text == query || q.IsEmpty() && len(hits) > 0 {
			t.Fatalf("%q finds %v", query, hits)
		}
	})
}

func samples() []Findable {
	thing := func(kind HitKind, code, fr, ar, en, definition string) Findable {
		return Findable{Kind: kind, Key: code, Codes: []string{code}, Title: Text{FR: Optional(fr), AR: Optional(ar), EN: Optional(en)}, Definition: Text{FR: Optional(definition)}}
	}
	return []Findable{
		thing(HitIndicator, "REM-COST", "Coût de l’envoi de fonds", "كلفة تحويل الأموال", "Cost of sending remittances", "Part du montant envoyé que prennent les frais et le change."),
		thing(HitIndicator, "REM-GDP", "Transferts des Tunisiens à l’étranger", "تحويلات التونسيين بالخارج", "Remittances received", "En part du produit intérieur brut."),
		thing(HitIndicator, "DELAY", "Délai moyen de traitement", "معدل آجال معالجة المطالب", "Mean time of treatment", "Le coût n’en fait pas partie."),
		thing(HitAction, "1.2", "Guichet unique des travailleurs migrants", "الشباك الموحد للعمال المهاجرين", "One-stop shop", ""),
		thing(HitGroup, "2", "Investissement et emploi", "الاستثمار والتشغيل", "Investment and jobs", ""),
		thing(HitResult, "sdg2030:10.c", "Frais des envois de fonds", "تكاليف تحويلات المهاجرين", "Remittance costs", ""),
		thing(HitOrganisation, "GIZ", "Coopération allemande", "التعاون الألماني", "German cooperation", ""),
		thing(HitTerm, "baseline", "valeur de référence", "القيمة المرجعية", "baseline", "Valeur au départ."),
	}
}

func TestFind(t *testing.T) {
	f := NewFinder(samples())
	for _, tt := range []struct{ query, want string }{
		{"rem-cost", "REM-COST sdg2030:10.c"}, {"REM COST", "REM-COST sdg2030:10.c"}, {"remcost", "REM-COST"}, {"rem", "REM-GDP REM-COST sdg2030:10.c"},
		{"1.2", "1.2"}, {"12", "1.2"}, {"sdg2030:10.c", "sdg2030:10.c"},
		{"cout", "REM-COST DELAY"}, {"COÛT", "REM-COST DELAY"},
		{"coût de l'envoi de fonds", "REM-COST"}, {"sending cost", "REM-COST"},
		{"envoi fonds", "REM-COST sdg2030:10.c"},
		{"التشغيل", "2"}, {"تشغيل", "2"}, {"الإستثمار", "2"}, {"مهاجرين", "sdg2030:10.c 1.2"}, {"كُلْفَة", "REM-COST"},
		{"transfrets", "REM-GDP"}, {"travaileur", "1.2"}, {"refernce valeur", "baseline"},
		{"coût zzzz", "REM-COST DELAY"}, {"cost 2031", "REM-COST sdg2030:10.c"},
		{"giz", "GIZ"}, {"German", "GIZ"}, {"zzzzz", ""}, {"", ""}, {"???", ""},
	} {
		var got []string
		for _, hit := range f.Find(ParseQuery(tt.query)) {
			got = append(got, hit.Key)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q finds %v, want %s", tt.query, got, tt.want)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, tt := range []struct{ query, text, want string }{
		{"cout envoi", "Coût de l’envoi, coûteux", "Coût|envoi|coûteux"},
		{"هجرة", "الهِجْرَة والهجرات", "الهِجْرَة"},
		{"transfrets", "Transferts nets", "Transferts"},
		{"2030", "en 2030 et 20301", "2030"},
	} {
		var got []string
		for _, m := range ParseQuery(tt.query).Marks(tt.text) {
			got = append(got, tt.text[m[0]:m[1]])
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%q marks %q in %q", tt.query, got, tt.text)
		}
	}
}

// invented makes things with titles of words that look like words.
func invented(random *rand.Rand, n int) []Findable {
	const vowels, consonants = "aeiouéèêou", "bcdfghjklmnprstvz"
	vocabulary := make([]string, 3000)
	for k := range vocabulary {
		var b strings.Builder
		for range 2 + random.IntN(4) {
			b.WriteByte(consonants[random.IntN(len(consonants))])
			b.WriteRune([]rune(vowels)[random.IntN(10)])
		}
		vocabulary[k] = b.String()
	}
	text := func(words int) Optional {
		all := make([]string, words)
		for k := range all {
			all[k] = vocabulary[min(random.IntN(3000), random.IntN(3000))]
		}
		return Optional(strings.Join(all, " "))
	}
	things := make([]Findable, n)
	for k := range things {
		code := fmt.Sprintf("IND-%d", k)
		things[k] = Findable{Kind: HitIndicator, Key: code, Codes: []string{code}, Title: Text{FR: text(8), AR: text(7), EN: text(8)}, Definition: Text{FR: text(30), AR: text(25), EN: text(30)}}
	}
	return things
}

// An exact title is among the first hits, its code is the first; one mistake in typing
// does not lose it.
func TestWhatThereIsIsFound(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	things := invented(random, 300)
	f := NewFinder(things)
	first := func(query, key string, most int) {
		t.Helper()
		hits := f.Find(ParseQuery(query))
		if at := slices.IndexFunc(hits, func(h Hit) bool { return h.Key == key }); at < 0 || at >= most {
			t.Errorf("%q finds %s at place %d of %d", query, key, at, len(hits))
		}
	}
	for n := range things {
		thing := &things[n]
		first(thing.Key, thing.Key, 1)
		first(strings.ToLower(thing.Key), thing.Key, 1)
		for _, title := range []Optional{thing.Title.FR, thing.Title.AR, thing.Title.EN} {
			first(string(title), thing.Key, 1)
			first(strings.ToUpper(Fold(string(title))), thing.Key, 1)
			first(mistyped(random, string(title)), thing.Key, 3)
		}
	}
}

// mistyped makes one mistake in one longer word of a text.
func mistyped(random *rand.Rand, text string) string {
	words := strings.Fields(text)
	for n, at := range random.Perm(len(words)) {
		letters := []rune(words[at])
		if len(letters) < 5 && n < len(words)-1 {
			continue
		}
		k := 1 + random.IntN(len(letters)-2)
		switch random.IntN(4) {
		case 0:
			letters = slices.Delete(letters, k, k+1)
		case 1:
			letters = slices.Insert(letters, k, 'x')
		case 2:
			letters[k] = 'w'
		default:
			letters[k], letters[k+1] = letters[k+1], letters[k]
		}
		words[at] = string(letters)
		break
	}
	return strings.Join(words, " ")
}

func TestMistakes(t *testing.T) {
	for _, tt := range []struct {
		a, b          string
		allowed, want int
	}{
		{"abc", "abc", 2, 0}, {"abcd", "abdc", 1, 1}, {"abcd", "abd", 1, 1}, {"abcd", "abxcd", 1, 1}, {"abcd", "axcd", 1, 1},
		{"abcd", "badc", 2, 2}, {"abcd", "wxyz", 2, 3}, {"abcd", "abcdefg", 2, 3}, {"", "ab", 2, 2},
	} {
		if got := mistakes(tt.a, tt.b, tt.allowed); got != tt.want || got != mistakes(tt.b, tt.a, tt.allowed) {
			t.Errorf("%s and %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func BenchmarkFinder(b *testing.B) {
	for _, n := range []int{500, 5000} {
		things := invented(rand.New(rand.NewPCG(5, 2)), n)
		b.Run(fmt.Sprintf("made/%d", n), func(b *testing.B) {
			for b.Loop() {
				NewFinder(things)
			}
		})
		f := NewFinder(things)
		for name, query := range map[string]string{"title": string(things[7].Title.FR), "mistyped": "zzabira kofenu", "prefix": "ba"} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					f.Find(ParseQuery(query))
				}
			})
		}
	}
}
