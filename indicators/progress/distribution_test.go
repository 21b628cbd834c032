package progress

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// apart is the distance of two numbers, relative where they are large.
func apart(got, want float64) float64 { return math.Abs(got-want) / max(1, math.Abs(want)) }

// Quantiles as R prints them (qnorm, qt); those of an even number of degrees of
// freedom were also bisected with fifty digits.
func TestQuantilesAsPublished(t *testing.T) {
	for p, want := range map[float64]float64{
		0.5: 0, 0.9: 1.2815515655446004, 0.95: 1.6448536269514722, 0.975: 1.959963984540054,
		0.995: 2.5758293035489004, 1e-10: -6.361340902404056, 0.1: -1.2815515655446004,
	} {
		if got := normalQuantile(p); apart(got, want) > 1e-12 {
			t.Errorf("normal quantile of %v: %v, want %v", p, got, want)
		}
	}
	for _, tt := range []struct{ p, df, want float64 }{
		{0.975, 1, 12.7062047361747}, {0.975, 2, 4.30265272974946}, {0.995, 3, 5.84090930973336},
		{0.975, 5, 2.57058183563631}, {0.9, 6, 1.439755747265148}, {0.975, 6, 2.44691185114497},
		{0.9, 8, 1.396815309743865}, {0.975, 8, 2.306004135204167}, {0.025, 8, -2.306004135204167},
		{0.975, 10, 2.22813885198627}, {0.975, 30, 2.04227245630124}, {0.975, 100, 1.983971518523552}, {0.5, 7, 0},
	} {
		if got := studentQuantile(tt.p, tt.df); apart(got, tt.want) > 2e-14 {
			t.Errorf("Student's quantile of %v with %v df: %v, want %v", tt.p, tt.df, got, tt.want)
		}
	}
}

func TestQuantilesOfNothing(t *testing.T) {
	for _, p := range []float64{0, 1, -1, 2, math.NaN(), math.Inf(1)} {
		if !math.IsNaN(normalQuantile(p)) || !math.IsNaN(studentQuantile(p, 3)) {
			t.Errorf("%v is no share, and yet has a quantile", p)
		}
	}
	if !math.IsNaN(studentQuantile(0.9, 0)) || !math.IsNaN(studentCDF(1, 0)) || !math.IsNaN(studentCDF(math.NaN(), 3)) {
		t.Error("without degrees of freedom, or of no number, there is no distribution")
	}
	if studentCDF(math.Inf(1), 3) != 1 || studentCDF(math.Inf(-1), 3) != 0 || studentCDF(1e300, 1) != 1 {
		t.Error("all of the distribution lies below infinity")
	}
}

// finiteCDF is the distribution for whole degrees of freedom as a finite sum
// (Abramowitz & Stegun 26.7.3 and 26.7.4): another way to the same number.
func finiteCDF(t float64, df int) float64 {
	theta := math.Atan(t / math.Sqrt(float64(df)))
	sin, cos := math.Sincos(theta)
	sum, term, first := 0.0, 1.0, 2
	if df%2 == 1 {
		term, first = cos, 3
	}
	for k := first; k <= df; k += 2 {
		sum += term
		term *= cos * cos * float64(k-1) / float64(k)
	}
	between := sin * sum
	if df%2 == 1 {
		between = 2 / math.Pi * (theta + sin*sum)
	}
	return 0.5 + between/2
}

func TestStudentAgainstFiniteSum(t *testing.T) {
	for df := 1; df <= 400; df++ {
		for x := -12.0; x <= 12; x += 0.37 {
			if got, want := studentCDF(x, float64(df)), finiteCDF(x, df); math.Abs(got-want) > 2e-13 {
				t.Fatalf("%v with %d df: %v, want %v", x, df, got, want)
			}
		}
	}
}

// The tails of one and two degrees of freedom, in forms that lose no digit.
func TestStudentTailsKeepTheirDigits(t *testing.T) {
	for x := 0.001; x < 1e12; x *= 3 {
		root := math.Sqrt(2 + x*x)
		for df, want := range map[float64]float64{1: math.Atan(1/x) / math.Pi, 2: 1 / (2 + x*x) / (1 + x/root)} {
			if got := studentTail(x, df); math.Abs(got/want-1) > 1e-12 {
				t.Errorf("beyond %v with %v df: %v, want %v", x, df, got, want)
			}
		}
	}
}

// With many degrees of freedom Student's is the normal distribution, but for
// (z³+z)/(4 df) of its density and smaller terms (Abramowitz & Stegun 26.7.8).
func TestStudentTurnsNormal(t *testing.T) {
	const df = 1e7
	for z := -5.0; z <= 5; z += 0.25 {
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		want := normalCDF(z) - density*(z*z*z+z)/(4*df)
		if got := studentCDF(z, df); math.Abs(got-want) > 1e-10 {
			t.Errorf("%v: %v, want %v", z, got, want)
		}
	}
}

func TestQuantileInvertsDistribution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.Float64Range(1e-12, 0.5).Draw(t, "p")
		df := rapid.OneOf(rapid.Map(rapid.IntRange(1, 60), func(n int) float64 { return float64(n) }), rapid.Float64Range(0.5, 1e5)).Draw(t, "df")
		q := studentQuantile(p, df)
		if back := studentCDF(q, df); math.Abs(back/p-1) > 1e-9 {
			t.Errorf("the quantile of %v with %v df is %v, below which lies %v", p, df, q, back)
		}
		if mirrored := studentQuantile(1-p, df); p > 1e-3 && apart(mirrored, -q) > 1e-10 {
			t.Errorf("quantiles of %v with %v df: %v below, %v above", p, df, q, mirrored)
		}
		if back := normalCDF(normalQuantile(p)); math.Abs(back/p-1) > 1e-12 {
			t.Errorf("normal quantile of %v: below it lies %v", p, back)
		}
	})
}

func BenchmarkStudentQuantile(b *testing.B) {
	for b.Loop() {
		if q := studentQuantile(0.975, 6); q < 2 {
			b.Fatal(q)
		}
	}
}
