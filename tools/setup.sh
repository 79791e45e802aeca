#!/usr/bin/env bash
# Checks that this machine can build and test Parkledger, and says exactly what to install when it cannot.
# System packages are installed by apt when that is possible without asking (root on Debian or Ubuntu).
set -euo pipefail

NEEDS_RUST=1.95
cd "$(dirname "$0")/.."
missing=()
packages=()

# need COMMAND PACKAGE
need() {
    command -v "$1" >/dev/null 2>&1 || { missing+=("$1"); packages+=("$2"); }
}
# `setup.sh web` needs Node alone, `setup.sh build` the compilers, `setup.sh` everything that the gate uses.
part=${1:-all}
if [[ $part != web ]]; then
    need cc gcc
    need make make
    need git git
fi
# The browser that the journeys drive, and characters for it to show.
if [[ $part == all ]]; then
    need chromium chromium
    [[ -n $(fc-list :lang=zh family 2>/dev/null) ]] || { missing+=("a Chinese font"); packages+=(fonts-noto-cjk); }
fi

if ((${#missing[@]})); then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
        echo "setup: installing ${packages[*]}"
        DEBIAN_FRONTEND=noninteractive apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" libc6-dev >/dev/null
    else
        echo "setup: missing ${missing[*]}. On Debian or Ubuntu: sudo apt-get install ${packages[*]} libc6-dev" >&2
        exit 1
    fi
fi

if [[ $part != build ]]; then
    found=$(node --version 2>/dev/null | sed -E 's/^v//' || true)
    if [[ -z $found || $(printf '%s\n' 20.19 "$found" | sort -V | head -n 1) != 20.19 ]] || ! command -v npm >/dev/null 2>&1; then
        echo "setup: Node ${found:-is missing}. Install Node 20.19 or newer with npm, then run this again." >&2
        exit 1
    fi
fi
[[ $part == web ]] && exit 0

if ! command -v cargo >/dev/null 2>&1; then
    echo "setup: cargo is missing. Install Rust $NEEDS_RUST or newer with rustup, then run this again." >&2
    exit 1
fi
found=$(rustc --version | sed -E 's/^rustc ([0-9]+\.[0-9]+).*/\1/')
if [[ $(printf '%s\n' "$NEEDS_RUST" "$found" | sort -V | head -n 1) != "$NEEDS_RUST" ]]; then
    echo "setup: Rust $found is too old, $NEEDS_RUST is needed: rustup update stable" >&2
    exit 1
fi

# `setup.sh build` stops here: formatting and lints are only needed to work on the code.
[[ $part == build ]] && exit 0

for component in fmt clippy; do
    if ! cargo "$component" --version >/dev/null 2>&1; then
        name=${component/#fmt/rustfmt}
        if command -v rustup >/dev/null 2>&1; then
            echo "setup: installing $name"
            rustup component add "$name"
        else
            echo "setup: cargo $component is missing: rustup component add $name" >&2
            exit 1
        fi
    fi
done

command -v cargo-deny >/dev/null 2>&1 || echo "setup: cargo-deny is absent, licences are not checked here (cargo install cargo-deny)"
command -v typos >/dev/null 2>&1 || echo "setup: typos is absent, spelling is not checked here (cargo install typos-cli)"
