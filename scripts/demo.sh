#!/usr/bin/env bash
# From nothing to the running demo: tools, release build, demo data, server.
. "$(dirname "$0")/lib.sh"
scripts/setup.sh --run-only
scripts/bundles.sh
step "server, release (6 min when nothing is built yet)" cargo build --release -p ordinavo
exec target/release/ordinavo demo --site target/site "$@"
