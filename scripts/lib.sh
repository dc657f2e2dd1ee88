# Shared by the scripts: paths, versions, and steps that say what they do and how long they took.
# Source it; do not run it.

set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# One place for the versions of the tools. The wasm-bindgen program must match the crate in Cargo.toml to the digit.
CARGO_LEPTOS_VERSION=0.3.11
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm-bindgen *= *"=\(.*\)"$/\1/p' Cargo.toml)
CARGO_DENY_VERSION=0.20.2
NEXTEST_VERSION=0.9.143

export PATH="$ROOT/end2end/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

# step TITLE COMMAND…: run a command, show its time, and on failure show the end of what it printed.
step() {
  local title=$1 log started
  shift
  log=$(mktemp)
  started=$SECONDS
  printf '== %s\n' "$title"
  if [ -n "${VERBOSE:-}" ]; then
    "$@" || { printf '!! %s failed after %ss\n' "$title" $((SECONDS - started)); exit 1; }
  elif ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log"
    printf '!! %s failed after %ss. %s\n' "$title" $((SECONDS - started)) "${HINT:-The lines above say why; VERBOSE=1 shows all of them.}"
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  printf '   done in %ss\n' $((SECONDS - started))
}

# Where PostgreSQL keeps its server programs: Debian does not put them on PATH.
postgres_bin() {
  local dir
  if command -v initdb >/dev/null; then dirname "$(command -v initdb)"; return; fi
  for dir in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    [ -x "$dir/initdb" ] && { echo "$dir"; return; }
  done
  return 1
}

# The Chromium to test with: where there is one without a window's parts, that one, since it is a quarter faster.
chromium_bin() {
  command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome
}
