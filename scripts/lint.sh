#!/usr/bin/env bash
# Formatting, clippy for the server and for the browser, licences and bans.
. "$(dirname "$0")/lib.sh"

# Debian's Rust has no rustfmt: any other toolchain's formats alike.
check_format() { if cargo fmt --version >/dev/null 2>&1; then cargo fmt --all --check; else cargo +stable fmt --all --check; fi; }

step "format" check_format
step "clippy, server and bench" cargo clippy --workspace --exclude ordinavo-frontend --all-targets -- -D warnings
step "clippy, browser" cargo clippy -p ordinavo-frontend --target wasm32-unknown-unknown --features portal,desk -- -D warnings
# The advisory database needs the open network: `cargo deny check advisories`.
step "licences, bans, sources" cargo deny check bans licenses sources
