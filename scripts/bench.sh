#!/usr/bin/env bash
# Measures the release build: pages per second and their times, as three contacts, on both engines, by the number of requests; beside each
# the limit (bench/src/limit.rs); the server's memory at 200 requests a second; what a page's time goes to; and what a first visit weighs.
# Figures depend on the machine: compare them with each other, or with an earlier commit on the same machine.
#
#   SIZES          numbers of requests, the smallest first (default "1000 100000"; `make bench-large` adds 1000000)
#   ENGINES        default "sqlite postgres"
#   SECONDS_EACH   length of each measurement (default 4)
#   BROWSER        0 leaves out the first visit, in a slow browser
#
# A million requests need about 5 GB in the temporary folder (TMPDIR).
. "$(dirname "$0")/lib.sh"
. scripts/postgres.sh

SIZES=${SIZES:-1000 100000}
ENGINES=${ENGINES:-sqlite postgres}
SECONDS_EACH=${SECONDS_EACH:-4}
PORTAL=127.0.0.1:3900
DESK=127.0.0.1:3901
LIMIT=127.0.0.1:3902
FOLDER=
RUNNING=()

stop_all() {
  local pid
  for pid in ${RUNNING[@]+"${RUNNING[@]}"}; do kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
  RUNNING=()
}
trap 'stop_all; stop_postgres; rm -rf "$FOLDER"' EXIT

scripts/bundles.sh
step "server and bench, release" cargo build --release -p ordinavo -p ordinavo-bench
bench() { target/release/ordinavo-bench "$@"; }
# ask ADDRESS WHO PAGE: pages a second, p50, p95, p99.
ask() {
  local what=(--path "$3")
  [ "$3" != submit ] || what=(--submit "${PLACE[$2]}")
  bench load --address "$1" --session="${SESSION[$2]}" --seconds "$SECONDS_EACH" "${what[@]}"
}
answers() { curl -s -o /dev/null "http://$1/"; }
# wait_for ADDRESS PROCESS
wait_for() { until answers "$1"; do kill -0 "$2" || exit 1; sleep 0.2; done; }
database() {
  [ "$1" = postgres ] || { echo "sqlite://$FOLDER/ordinavo.sqlite"; return; }
  psql -h "$PG_FOLDER" -U postgres -qc "CREATE DATABASE bench$2"
  echo "${ORDINAVO_TEST_POSTGRES/\/postgres\?//bench$2?}"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'; }

declare -A SESSION REQUEST PLACE SMALLEST
measure() {
  local engine=$1 size=$2 who session request place page path
  FOLDER=$(mktemp -d)
  export ORDINAVO_DATA=$FOLDER ORDINAVO_LOG=error ORDINAVO_SITE=target/site
  ORDINAVO_DATABASE_URL=$(database "$engine" "$size")
  export ORDINAVO_DATABASE_URL
  if [ "$engine" = postgres ]; then export ORDINAVO_PORTAL_ROLE=ordinavo_portal; else unset ORDINAVO_PORTAL_ROLE; fi
  step "$engine, $size requests: fill" fill "$size"
  while read -r who session request place; do
    SESSION[$who]=$session REQUEST[$who]=$request PLACE[$who]=$place
  done <"$FOLDER/people"

  ORDINAVO_PORTAL_ADDRESS=$PORTAL ORDINAVO_DESK_ADDRESS=$DESK target/release/ordinavo serve &
  RUNNING+=($!)
  local server=$!
  wait_for "$PORTAL" "$server"
  target/release/ordinavo-bench limit --address "$LIMIT" --like "$PORTAL" &
  RUNNING+=($!)
  wait_for "$LIMIT" $!

  printf '%-8s %-9s %-5s %9s %8s %8s %8s %14s %14s\n' page requests as a_second p50_ms p95_ms p99_ms p95_by_smallest of_the_limit
  for page in home requests request submit; do
    for who in one some all; do
      case $page in home) path=/ ;; requests) path=/requests ;; request) path=/requests/${REQUEST[$who]} ;; submit) path=submit ;; esac
      line "$engine" "$size" "$page" "$who" "$path"
    done
  done
  memory "$server"
  stop_all
  bench split --session="${SESSION[all]}" --request "${REQUEST[all]}" --portal-address 127.0.0.1:0 --desk-address 127.0.0.1:0
  rm -rf "$FOLDER"
  [ "$engine" != postgres ] || psql -h "$PG_FOLDER" -U postgres -qc "DROP DATABASE bench$size"
}
fill() { bench seed --requests "$1" >"$FOLDER/people"; }

line() {
  local engine=$1 size=$2 page=$3 who=$4 path=$5 answer rate p50 p95 p99 most
  answer=$(ask "$PORTAL" "$who" "$path")
  read -r rate p50 p95 p99 <<<"$answer"
  answer=$(ask "$LIMIT" "$who" "$path")
  read -r most _ <<<"$answer"
  : "${SMALLEST[$engine $page $who]:=$p95}"
  printf '%-8s %-9s %-5s %9s %8s %8s %8s %14s %14s\n' "$page" "$size" "$who" "$rate" "$p50" "$p95" "$p99" \
    "$(ratio "$p95" "${SMALLEST[$engine $page $who]}")" "$(ratio "$rate" "$most")"
}

# Pages of all three, at a rate that is no strain.
memory() {
  local pid who
  local asking=()
  for who in one some all; do
    bench load --address "$PORTAL" --session="${SESSION[$who]}" --seconds 15 --rate 67 >/dev/null &
    asking+=($!)
  done
  sleep 14
  awk '/VmRSS/ { printf "memory at 200 pages a second: %d MB\n", $2 / 1024 }' "/proc/$1/status"
  for pid in "${asking[@]}"; do wait "$pid"; done
}

first_visit() (
  export ORDINAVO_TEST_BENCH=1 ORDINAVO_PROGRAM=$ROOT/target/release/ordinavo CHROMIUM
  CHROMIUM=$(chromium_bin)
  cd end2end
  npx playwright test --project first-visit
)

printf '%s processors, %s\n' "$(nproc)" "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)"
case " $ENGINES " in *' postgres '*) step "throwaway PostgreSQL (it does not wait for the disk; SQLite does)" start_postgres ;; esac
for engine in $ENGINES; do
  for size in $SIZES; do measure "$engine" "$size"; done
done
if [ "${BROWSER:-1}" = 1 ]; then
  unset ORDINAVO_DATA ORDINAVO_LOG ORDINAVO_SITE ORDINAVO_DATABASE_URL ORDINAVO_PORTAL_ROLE
  VERBOSE=1 step "first visit in a slow browser" first_visit
fi
