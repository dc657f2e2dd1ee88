#!/usr/bin/env bash
# Everything that must hold: lint, unit and boundary tests on both engines, and the browser's walk through the product.
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh
trap stop_postgres EXIT

started=$SECONDS
scripts/setup.sh
scripts/lint.sh
step "throwaway PostgreSQL" start_postgres
step "build tests and server" cargo build --all-targets
VERBOSE=1 step "tests on SQLite and PostgreSQL" cargo nextest run
scripts/bundles.sh
VERBOSE=1 step "browser tests" scripts/browser.sh
echo "all tests in $((SECONDS - started))s"
