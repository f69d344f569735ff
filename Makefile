# Pult: build, run and check. `make help` lists what there is; every target first sets up what it misses.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Where `make run` and `make demo` listen, and where they keep their data: make run LISTEN=0.0.0.0:8080 DATA=/srv/pult
LISTEN ?= $(or $(PULT_LISTEN),127.0.0.1:3000)
DATA ?= data

# The tools of the build. wasm-bindgen must be the very version in Cargo.toml, and both a few weeks old.
CARGO_LEPTOS := 0.3.10
WASM_BINDGEN := 0.2.129
CARGO_FUZZ := 0.13.1
PACKAGES := chromium postgresql-15 fonts-dejavu-core fonts-noto-color-emoji
# The same browser without its window: the journeys take a third less time in it. Without it they run in the whole one.
LIKED := chromium-headless-shell

# Tools outlive a clone, so that a fresh one is quick.
CACHE := $(or $(PULT_CACHE),$(HOME)/.cache/pult)
NODE_MODULES := end2end/node_modules/.package-lock.json
export PATH := $(CACHE)/tools/bin:$(CURDIR)/end2end/node_modules/.bin:$(PATH)

# The pinned compiler may be installed under the name of its channel alone.
RUST := $(shell sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
ifneq ($(shell rustc --version 2>/dev/null | cut -d' ' -f2),$(RUST))
ifeq ($(shell RUSTUP_TOOLCHAIN=stable rustc --version 2>/dev/null | cut -d' ' -f2),$(RUST))
export RUSTUP_TOOLCHAIN := stable
endif
endif

.PHONY: help
help: ## this list
	@echo 'Pult, the settings console of a contact centre. Targets:'
	sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16


.PHONY: run
run: release ## build the release and serve it on LISTEN (127.0.0.1:3000) with the data in DATA (./data)
	@exec target/release/pult serve --listen $(LISTEN) --data $(DATA)

.PHONY: demo
demo: release ## the same with a sample contact centre, in DATA/demo
	@exec target/release/pult demo --listen $(LISTEN) --data $(DATA)/demo

.PHONY: dev
dev: rust leptos dev-assets ## rebuild and reload while you edit
	@exec cargo leptos watch --split


.PHONY: test
test: ## all that a change must pass: tools, lints, tests, release, browser; tells the time of each
	@report=''
	finish() {
	    status=$$?
	    printf '\n%-10s%10s%10s\n%b' stage time limit "$$report"
	    printf '%-10s%10s\n' all "$$(clock $$SECONDS)"
	    if [ $$status = 0 ]; then echo 'Everything passed.'; else printf '\nFailed: %s\n' "$$stage"; fi
	}
	clock() { printf '%d:%02d' $$(($$1 / 60)) $$(($$1 % 60)); }
	trap finish EXIT
	for row in tools:15 check:8 units:14 fuzzing:4 release:13 browser:10; do
	    stage=$${row%:*} begin=$$SECONDS
	    printf '\n=== %s\n' "$$stage"
	    $(MAKE) "$$stage" && passed=yes || passed=no
	    report+=$$(printf '%-10s%10s%10s' "$$stage" "$$(clock $$((SECONDS - begin)))" "$${row#*:}:00")'\n'
	    [ $$passed = yes ]
	done
	stage=sizes
	printf '\n'
	node end2end/sizes.mjs

.PHONY: check
check: rust $(NODE_MODULES) ## format and lints: server, browser, the rules alone, the browser tests
	@say() { printf -- '--- %s\n' "$$*"; "$$@"; }
	say cargo fmt --all --check
	say cargo clippy --quiet --workspace --all-targets -- -D warnings
	say cargo clippy --quiet -p app --lib --no-default-features --features hydrate --target wasm32-unknown-unknown -- -D warnings
	# The sections, their rules and engines know nothing of the page (docs/architecture.md).
	say cargo check --quiet -p app --no-default-features
	say tsc -p end2end
	say tsc -p app/js

.PHONY: units
units: rust packages
	@cargo test --workspace

# What is fed (fuzz/fuzz_targets), and how long each: make fuzz TIME=600 ONLY=json
TIME ?= 60
FUZZED := $(or $(ONLY),$(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs))))

.PHONY: fuzz
fuzz: rust fuzzer ## feed parsers and rules with whatever breaks them, TIME seconds (60) each; ONLY='json' feeds one
	@for target in $(FUZZED); do
	    mkdir -p target/fuzz/corpus/$$target target/fuzz/broken
	    echo "--- $$target, $(TIME) s"
	    log=target/fuzz/$$target.log
	    cargo fuzz run --sanitizer none --target-dir target/fuzz $$target target/fuzz/corpus/$$target fuzz/seeds/$$target -- \
	        -max_total_time=$(TIME) -timeout=10 -rss_limit_mb=1024 -artifact_prefix=$(CURDIR)/target/fuzz/broken/$$target- \
	        >$$log 2>&1 || { tail -40 $$log; exit 1; }
	    grep -h '^Done' $$log
	done

# A few seconds each, in every test: what was found once is found again.
.PHONY: fuzzing
fuzzing:
	@$(MAKE) fuzz TIME=5

.PHONY: e2e
e2e: release browser ## the journeys in the browser; make e2e ONLY='a title' runs some

.PHONY: browser
browser: $(NODE_MODULES) packages
	@cd end2end
	playwright test $(if $(ONLY),--grep '$(ONLY)')

.PHONY: bench
bench: release $(NODE_MODULES) packages ## measure the release: start, memory, bytes, each beside its limit
	@node end2end/bench.mjs
	cargo bench --quiet -p server --features embed --bench figures

.PHONY: pictures
pictures: release $(NODE_MODULES) packages ## take the pictures of the README from the sample contact centre
	@node end2end/pictures.mjs

.PHONY: clean
clean: ## remove what was built, but neither data nor the tools in the cache
	@cargo clean --quiet
	rm -rf end2end/node_modules end2end/results end2end/report public/built

# The scripts beside the program and the sheet of the editors, of which cargo-leptos knows nothing: before the site is built, because it copies public/.

BUILT := public/built/code-editor.js

.PHONY: dev-assets
dev-assets: $(BUILT)

$(BUILT): $(shell find app/js style -type f) $(NODE_MODULES)
	@echo 'Scripts: building the code editor and the sheet of the editors'
	rm -rf public/built
	node app/js/build.mjs

# The release: the browser's part first, because the binary carries it.

# Apart from the folder of `make dev`, which is built another way and would not wake these pages.
SITE := target/release-site
SITE_BUILT := $(SITE)/pkg/pult.js
SITE_SOURCES := $(shell find app style public -type f -not -path 'public/built/*') $(BUILT) Cargo.toml Cargo.lock .cargo/config.toml rust-toolchain.toml

.PHONY: release
release: $(SITE_BUILT)
	@cargo build --quiet --release -p server --features embed

$(SITE_BUILT): $(SITE_SOURCES) | rust leptos $(NODE_MODULES)
	@echo 'Release: building the part that runs in the browser'
	PATH="$(CURDIR)/app/wasm/bin:$$PATH" LEPTOS_SITE_ROOT=$(SITE) cargo leptos build --release --frontend-only --split
	node app/wasm/optimise.mjs $(SITE)/pkg
	touch $@

Cargo.lock: ;

# The tools.

.PHONY: tools
tools: rust leptos fuzzer $(NODE_MODULES) packages

.PHONY: rust
rust:
	@command -v cargo >/dev/null || { echo 'Rust is missing: install it with rustup, https://rustup.rs'; exit 1; }
	if ! cargo clippy --version >/dev/null 2>&1 || ! cargo fmt --version >/dev/null 2>&1; then
	    echo 'Tools: adding clippy and rustfmt to Rust'
	    rustup component add clippy rustfmt
	fi
	if [ ! -d "$$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
	    echo 'Tools: adding the target wasm32-unknown-unknown to Rust'
	    rustup target add wasm32-unknown-unknown
	fi

# Both are compiled once, unoptimised (half the time), and share what they have in common.
.PHONY: leptos
leptos: rust
	@tool() {
	    [ "$$("$$1" --version 2>/dev/null)" = "$$1 $$3" ] && return
	    echo "Tools: installing $$2 $$3 into $(CACHE)/tools, once"
	    cargo install --quiet --locked --debug --force --root $(CACHE)/tools --target-dir $(CACHE)/tools-build \
	        "$$2@$$3" "$${@:4}"
	}
	tool cargo-leptos cargo-leptos $(CARGO_LEPTOS) --features no_downloads
	tool wasm-bindgen wasm-bindgen-cli $(WASM_BINDGEN)
	rm -rf $(CACHE)/tools-build

.PHONY: fuzzer
fuzzer: rust
	@[ "$$(cargo-fuzz --version 2>/dev/null)" = "cargo-fuzz $(CARGO_FUZZ)" ] && exit
	echo "Tools: installing cargo-fuzz $(CARGO_FUZZ) into $(CACHE)/tools, once"
	cargo install --quiet --locked --debug --force --root $(CACHE)/tools "cargo-fuzz@$(CARGO_FUZZ)"

$(NODE_MODULES): end2end/package.json end2end/package-lock.json
	@node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null ||
	    { echo 'Node.js 20 or newer is missing: https://nodejs.org'; exit 1; }
	echo 'Tools: installing the npm packages of end2end/package-lock.json'
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix end2end ci --ignore-scripts --no-audit --no-fund \
	    --loglevel error --cache $(CACHE)/npm --prefer-offline
	touch $@

.PHONY: packages
packages:
	@missing() {
	    for package in "$$@"; do
	        dpkg-query --show --showformat '$${db:Status-Status}' "$$package" 2>/dev/null | grep -qx installed ||
	            echo "$$package"
	    done
	}
	needed=($$(missing $(PACKAGES))) liked=($$(missing $(LIKED)))
	[ $${#needed[@]}$${#liked[@]} = 00 ] && exit
	install='apt-get install --yes --no-install-recommends'
	if ! command -v apt-get >/dev/null; then
	    [ $${#needed[@]} = 0 ] && exit
	    echo "Missing: $${needed[*]} (the names are Debian's). Install them and try again."
	    exit 1
	elif [ "$$(id -u)" = 0 ]; then
	    as=
	elif command -v sudo >/dev/null; then
	    as=sudo
	else
	    [ $${#needed[@]} = 0 ] && exit
	    echo "Missing packages. As root: $$install $${needed[*]}"
	    exit 1
	fi
	echo "Tools: installing from Debian: $${needed[*]} $${liked[*]}"
	get() { [ $$# = 0 ] || $$as env DEBIAN_FRONTEND=noninteractive $$install -qq "$$@" >/dev/null; }
	$$as apt-get update -qq || [ $${#needed[@]} = 0 ]
	get "$${needed[@]}" || { echo "Failed: $$install $${needed[*]}"; exit 1; }
	get "$${liked[@]}" || echo "Going on without $${liked[*]}."
