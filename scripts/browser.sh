#!/usr/bin/env bash
# The browser's tests: Chromium against a real server, on SQLite and on PostgreSQL. Arguments go to Playwright.
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh
own_postgres=
[ -n "${ORDINAVO_TEST_POSTGRES:-}" ] || { own_postgres=1; start_postgres >/dev/null; }
trap '[ -z "$own_postgres" ] || stop_postgres' EXIT
# The same build as the other tests have: one set of features, nothing twice.
cargo build --all-targets
cd end2end
CHROMIUM="$(chromium_bin)" npx playwright test "$@"
