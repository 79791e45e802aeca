#!/usr/bin/env bash
# count.sh LOG…: adds up what cargo test and node --test say of themselves, in one line.
set -euo pipefail
cat "$@" | awk '
  /^test result:/ { passed += $4; failed += $6; skipped += $8 }
  /^# pass / { passed += $3 }
  /^# fail / { failed += $3 }
  /^# skipped / { skipped += $3 }
  END { print passed " passed, " failed " failed, " skipped " skipped"; exit failed > 0 }'
