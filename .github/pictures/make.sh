#!/usr/bin/env bash
# Takes the pictures of the README from the real program on its samples.
# Needs tmux. Run it from the root of the repository.
set -euo pipefail
bin=$(mktemp -d)
trap 'tmux -L pictures kill-server 2>/dev/null || true; rm -rf "$bin"' EXIT
go build -o "$bin/sitrep" .
go build -o "$bin/pictures" ./.github/pictures

# shot NAME COLUMNS ROWS GROUND KEY...: starts the samples, presses keys, takes the screen.
shot() {
  local name=$1 columns=$2 rows=$3 ground=$4
  shift 4
  mkdir -p "$bin/config/sitrep"
  printf 'theme = "%s"\n' "$ground" >"$bin/config/sitrep/config.toml"
  tmux -L pictures -f /dev/null new-session -d -x "$columns" -y "$rows" \
    "env COLORTERM=truecolor XDG_CONFIG_HOME=$bin/config $bin/sitrep demo"
  tmux -L pictures set-option -g status off
  tmux -L pictures set-option -ga terminal-overrides ',*:Tc'
  tmux -L pictures resize-window -x "$columns" -y "$rows"
  sleep 6
  for key in "$@"; do
    tmux -L pictures send-keys "$key"
    sleep 0.5
  done
  sleep 1
  local light=()
  [ "$ground" = light ] && light=(-light)
  tmux -L pictures capture-pane -e -p | "$bin/pictures" "${light[@]}" >".github/pictures/$name.svg"
  tmux -L pictures kill-server
}

shot wide 150 38 dark w c e y h a n Enter Enter h g Tab j j
shot search 110 28 dark / c e y h a n
shot arabic 100 30 light Tab j Tab j
shot fulltext 110 34 dark j j j j j j j j Enter x
