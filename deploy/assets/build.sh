#!/bin/sh
# Rebuilds the committed files of static/vendor, static/fonts, dashboard/fonts and
# dashboard/atlas.json. Needs Node and Python, at development time only: to serve Muster
# neither this script nor Node is needed.
set -eu
cd "$(dirname "$0")"
static=../../static
dashboard=../../dashboard

npm ci
node plotly-build.mjs "$static/vendor"
node atlas.mjs "$dashboard/atlas.json"

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet 'fonttools==4.68.0' 'brotli==1.2.0'
"$tools/bin/python" fonts.py node_modules "$static/fonts" "$dashboard/fonts"
ls -l "$static/vendor" "$static/fonts" "$dashboard/fonts" "$dashboard/atlas.json"
