# Parkledger 园区台账. `make demo` shows the product, `make test` is the whole gate and all that CI runs.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: demo release web test setup lint unit content doc supply client journeys openapi bench fuzz fmt clean

# Builds program and pages, imports a park of generated workbooks into demo/, writes its report, serves it; `SERVE=` ends before.
SERVE := --serve
demo: release
	rm -rf demo
	target/release/parkledger demo --into demo $(SERVE)

release: web
	@tools/setup.sh build
	cargo build --release --locked -p parkledger --features embed-web

web:
	@tools/setup.sh web
	cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build

test: setup lint unit content doc supply client journeys
	@tools/count.sh target/tests.log target/journeys.log
setup:
	@tools/setup.sh
lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	CARGO_TARGET_DIR=target cargo clippy --manifest-path benches/Cargo.toml --all-targets --locked -- -D warnings
	CARGO_TARGET_DIR=target CUSTOM_LIBFUZZER_PATH=target/none.a cargo clippy --manifest-path fuzz/Cargo.toml --locked -- -D warnings
unit:
	@mkdir -p target
	cargo test --workspace --locked 2>&1 | tee target/tests.log
content:
	cargo run -q --locked -p parkledger -- content check
doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked
# Licences and bans, spelling: where their programs are installed.
supply:
	@tools/supply.sh
# The client's types are those of the API, its code is clean, its first page is small.
client: web
	cd web && npm run --silent types && git diff --exit-code src/api/schema.gen.ts
	cd web && npm run --silent lint && npm test --silent && npm run --silent budget
# The program as people use it, in a real browser.
journeys: web
	cargo build --locked -p parkledger
	cd web && node --test --test-reporter=tap --test-concurrency=1 tests/journeys/*.test.mjs | tee ../target/journeys.log
# The description of the API, committed; a test fails when it is old.
openapi:
	cargo run -q --locked -p parkledger -- openapi > crates/parkledger/openapi.json
# Times this product against its peers; benches/run says what the peers need.
bench:
	benches/run
# Feeds damaged files to the readers for a minute each; needs cargo-fuzz and a nightly toolchain.
fuzz:
	for target in $$(cargo +nightly fuzz list); do cargo +nightly fuzz run $$target -- -max_total_time=60; done
fmt:
	cargo fmt --all
clean:
	cargo clean && rm -rf demo bench-data web/dist web/node_modules
