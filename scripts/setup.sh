#!/usr/bin/env bash
# Installs and checks what building, running and testing need. Safe to run again: what is there is left alone.
#
# Two ways for the browser's compile target:
#   rustup can fetch it     -> rustup target add (the ordinary way)
#   rustup cannot fetch it  -> on Debian, the rustc-web packages and a standard library built from their source
# Set SETUP_YES=1 to allow the steps that need root without being asked.
. "$(dirname "$0")/lib.sh"

TARGET=wasm32-unknown-unknown
CRATES=${CARGO_HOME:-$HOME/.cargo}/registry/src

# as_root COMMAND…: directly as root; otherwise ask, then sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  if [ -z "${SETUP_YES:-}" ]; then
    [ -t 0 ] || { echo "needs root for: $* (run it yourself, or set SETUP_YES=1)" >&2; return 1; }
    read -r -p "This needs root: $*  Go on? [y/N] " answer </dev/tty
    [ "$answer" = y ] || { echo "stopped; run it yourself and start again" >&2; return 1; }
  fi
  sudo "$@"
}

apt_install() {
  command -v apt-get >/dev/null || { echo "please install: $*" >&2; return 1; }
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# ensure TITLE CHECK INSTALL: skip when CHECK succeeds, else install and check again.
ensure() {
  if $2 >/dev/null 2>&1; then printf 'ok %s\n' "${1%% (*}"; return; fi
  VERBOSE=1 prompt_step "$1" "$3"
  $2 >/dev/null 2>&1 || { echo "!! $1: installed, but the check ($2) still fails"; exit 1; }
}
# Steps that may ask a question must show what they print.
prompt_step() { if [ -t 0 ] && [ "$(id -u)" != 0 ]; then VERBOSE=1 step "$@"; else VERBOSE='' step "$@"; fi; }

has_basics()      { command -v cc && command -v curl && command -v make && command -v pkg-config && [ -e /etc/ssl/certs/ca-certificates.crt -o "$(uname)" = Darwin ]; }
install_basics()  { apt_install build-essential curl make pkg-config ca-certificates git procps; }

has_rust()        { command -v rustup && cargo --version; }
install_rust()    { echo "please install Rust with rustup (https://rustup.rs) and start again" >&2; return 1; }

has_node()        { [ "$(node --version | sed 's/v\([0-9]*\).*/\1/')" -ge 20 ]; }
install_node()    { echo "please install Node.js 20 or newer (https://nodejs.org) and start again" >&2; return 1; }

has_target() {
  local libs
  libs="$(rustc --print sysroot)/lib/rustlib/$TARGET/lib"
  ls "$libs"/libstd-*.rlib && [ "$(rustc --version | sed 's/rustc 1\.\([0-9]*\).*/\1/')" -ge 96 ] && ! grep -lF "$CRATES" "$libs"/*.rlib
}
install_target() {
  if rustup target add "$TARGET" && has_target; then return; fi
  echo "rustup cannot fetch $TARGET or Rust 1.96: taking Debian's rustc-web"
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm lld-22 rust-web-clippy
  rustup toolchain list | grep -q '^web' || rustup toolchain link web /usr
  rustup override set web --path "$ROOT"
  has_target || build_std
}
# Debian ships the standard library's source but not its build for the browser: build it once. Like our bundles (scripts/bundles.sh) it
# must not tell where it was built.
build_std() {
  local work libs=/usr/lib/rustlib/$TARGET/lib
  work=$(mktemp -d)
  mkdir -p "$work/src"
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n' >"$work/Cargo.toml"
  touch "$work/src/lib.rs"
  (cd "$work" && RUSTFLAGS="--remap-path-prefix=$CRATES=crates" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
    cargo +web build -Zbuild-std=std,panic_abort --target "$TARGET" --release)
  as_root rm -rf "$libs"
  as_root mkdir -p "$libs"
  as_root cp "$work/target/$TARGET/release/deps/"*.rlib "$libs/"
  # What was compiled against another standard library cannot be used with this one.
  rm -rf "$work" "$ROOT/target/$TARGET" "$ROOT/target/front/$TARGET"
}

has_rustfmt()     { cargo fmt --version || cargo +stable fmt --version; }
install_rustfmt() { rustup component add rustfmt clippy; }

# Our helpers are built in debug mode without debug information: a quarter of the build time, and fast enough.
quick_install()   { cargo install --debug --config 'profile.dev.debug=false' "$@"; }
has_leptos()      { cargo leptos --version | grep -qF "$CARGO_LEPTOS_VERSION"; }
install_leptos()  { quick_install cargo-leptos --version "$CARGO_LEPTOS_VERSION" --locked --features no_downloads; }
has_bindgen()     { wasm-bindgen --version | grep -qF "$WASM_BINDGEN_VERSION"; }
install_bindgen() { quick_install wasm-bindgen-cli --version "$WASM_BINDGEN_VERSION" --config 'profile.dev.opt-level=1'; }
has_nextest()     { cargo nextest --version; }
install_nextest() { quick_install cargo-nextest --version "$NEXTEST_VERSION" --locked; }
has_deny()        { cargo deny --version; }
install_deny()    { quick_install cargo-deny --version "$CARGO_DENY_VERSION" --locked; }

has_postgres()    { postgres_bin; }
install_postgres() { apt_install postgresql; }
has_chromium()    { chromium_bin; }
install_chromium() { apt_install chromium-headless-shell fonts-liberation; }

has_npm()         { [ -e end2end/node_modules/.package-lock.json ] && ! [ end2end/package-lock.json -nt end2end/node_modules/.package-lock.json ]; }
install_npm()     { (cd end2end && npm ci --ignore-scripts); touch end2end/node_modules/.package-lock.json; }

ensure "build basics: C compiler, curl, make (1 min)" has_basics install_basics
ensure "Rust by rustup" has_rust install_rust
ensure "Node.js 20 or newer" has_node install_node
ensure "Rust 1.96 with $TARGET (2 min)" has_target install_target
ensure "rustfmt" has_rustfmt install_rustfmt
ensure "npm packages: wasm-opt, Playwright, axe (1 min)" has_npm install_npm
ensure "wasm-bindgen $WASM_BINDGEN_VERSION (4 min)" has_bindgen install_bindgen
ensure "cargo-leptos $CARGO_LEPTOS_VERSION (7 min)" has_leptos install_leptos
if [ "${1:-}" != --run-only ]; then
  ensure "cargo-nextest $NEXTEST_VERSION (4 min)" has_nextest install_nextest
  ensure "cargo-deny $CARGO_DENY_VERSION (2 min)" has_deny install_deny
  ensure "PostgreSQL (1 min)" has_postgres install_postgres
  ensure "Chromium (1 min)" has_chromium install_chromium
fi
