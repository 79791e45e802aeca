# Parkledger 园区台账. `make demo` shows the product, `make test` is the whole gate and all that CI runs.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.PHONY: demo test fmt-check clippy unit content doc licences spelling bench fuzz fmt clean

# Builds the program, makes a park of generated workbooks in demo/ (anew each time), imports them, writes the annual report.
demo:
	@tools/setup.sh build
	cargo build --release --locked -p parkledger
	rm -rf demo
	target/release/parkledger demo --into demo

test: setup fmt-check clippy unit content doc licences spelling
	@awk '/^test result:/ { passed += $$4; failed += $$6; skipped += $$8 } \
	  END { print passed " passed, " failed " failed, " skipped " skipped" }' target/tests.log

.PHONY: setup
setup:
	@tools/setup.sh

fmt-check:
	cargo fmt --all --check

clippy:
	cargo clippy --workspace --all-targets --locked -- -D warnings

unit:
	@mkdir -p target
	cargo test --workspace --locked 2>&1 | tee target/tests.log

content:
	cargo run -q --locked -p parkledger -- content check

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked

licences:
	@if command -v cargo-deny >/dev/null; then cargo deny --log-level error check --hide-inclusion-graph bans licenses sources; \
	else echo "licences: not checked, cargo-deny is not installed"; fi

spelling:
	@if command -v typos >/dev/null; then typos; else echo "spelling: not checked, typos is not installed"; fi

# The description of the API, committed; a test fails when it is old.
openapi:
	cargo run -q --locked -p parkledger -- openapi > crates/parkledger/openapi.json

# Times this product against its peers; see benches/README.md for what the peers need.
bench:
	benches/run

# Feeds damaged files to the readers for a minute each; needs cargo-fuzz and a nightly toolchain.
fuzz:
	for target in $$(cargo +nightly fuzz list); do cargo +nightly fuzz run $$target -- -max_total_time=60; done

fmt:
	cargo fmt --all

clean:
	cargo clean
	rm -rf demo bench-data
