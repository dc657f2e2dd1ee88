# Source it: starts a throwaway PostgreSQL cluster in a temporary folder and ends it when the script exits.
# Exports ORDINAVO_TEST_POSTGRES, the address of its maintenance database.

start_postgres() {
  local bin as_owner
  bin=$(postgres_bin) || { echo "PostgreSQL's server programs are missing: run scripts/setup.sh"; return 1; }
  PG_FOLDER=$(mktemp -d)
  as_owner=()
  # initdb refuses root: run it as the user that Debian's package made.
  if [ "$(id -u)" = 0 ]; then chown postgres "$PG_FOLDER"; as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups); fi
  (cd /
   "${as_owner[@]}" "$bin/initdb" -D "$PG_FOLDER/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8
   "${as_owner[@]}" "$bin/pg_ctl" -D "$PG_FOLDER/data" -w -l "$PG_FOLDER/log" \
     -o "-c listen_addresses='' -c unix_socket_directories='$PG_FOLDER' -c fsync=off -c max_connections=400" start
   psql -h "$PG_FOLDER" -U postgres -q -c 'CREATE ROLE ordinavo_portal')
  export ORDINAVO_TEST_POSTGRES="postgres://postgres@localhost/postgres?host=$PG_FOLDER"
}

stop_postgres() {
  [ -n "${PG_FOLDER:-}" ] || return 0
  local bin
  bin=$(postgres_bin)
  if [ "$(id -u)" = 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$bin/pg_ctl" -D "$PG_FOLDER/data" -m immediate stop >/dev/null 2>&1)
  else
    "$bin/pg_ctl" -D "$PG_FOLDER/data" -m immediate stop >/dev/null 2>&1
  fi
  rm -rf "$PG_FOLDER"
  PG_FOLDER=
}
