#!/usr/bin/env bash
# Licences and banned libraries by cargo-deny, spelling by typos; says so where one of them is not installed.
set -euo pipefail
cd "$(dirname "$0")/.."
if command -v cargo-deny >/dev/null; then
    cargo deny --log-level error check --hide-inclusion-graph bans licenses sources
else
    echo "licences: not checked, cargo-deny is not installed"
fi
if command -v typos >/dev/null; then typos; else echo "spelling: not checked, typos is not installed"; fi
