# Each line calls a script or cargo; `make demo` and `make test` are all a newcomer needs.
.PHONY: demo setup watch test lint axe bench bench-large browser format
demo:    ; @scripts/demo.sh
test:    ; @scripts/test.sh
setup:   ; @scripts/setup.sh
watch:   ; cargo leptos watch
lint:    ; @scripts/lint.sh
axe:     ; @ORDINAVO_AXE=all scripts/browser.sh --project sqlite -g "languages, themes and sizes"
bench:   ; @scripts/bench.sh
bench-large: ; @SIZES="1000 100000 1000000" SECONDS_EACH=10 scripts/bench.sh
browser: ; @scripts/browser.sh
format:  ; cargo fmt --all 2>/dev/null || cargo +stable fmt --all
