#!/usr/bin/env bash
# Builds the release bundle of each face into target/site/portal and target/site/desk. Does nothing when no source has changed.
. "$(dirname "$0")/lib.sh"

# newest source after the bundle? Then it is stale.
is_fresh() {
  local stamp=target/site/$1/.built
  [ -e "$stamp" ] || return 1
  [ -z "$(find app domain frontend style public Cargo.toml Cargo.lock .cargo -newer "$stamp" -type f -print -quit)" ]
}

# Panics name source files: without this a bundle tells everybody the folders of whoever built it. The first flag is that of .cargo/config.toml.
WASM_FLAGS="--cfg erase_components --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates --remap-path-prefix=$ROOT=."

# The portal comes in parts (app/src/portal/parts.rs); the desk is loaded once a day, whole. Parts of an earlier build do not stay.
build() {
  local face=$1 parts=()
  [ "$face" = desk ] || parts=(--split)
  rm -rf "target/site/$face"
  LEPTOS_OUTPUT_NAME=$face LEPTOS_SITE_ROOT=target/site/$face CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$WASM_FLAGS \
    cargo leptos build --release --frontend-only --precompress --lib-features "$face${parts:+,split}" "${parts[@]}" \
    && touch "target/site/$face/.built"
}

for face in portal desk; do
  if is_fresh "$face"; then echo "ok bundle of the $face"; else step "bundle of the $face, release (3 min)" build "$face"; fi
done
