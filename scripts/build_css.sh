#!/bin/sh
# Compile styles/ into static/css/openhall.css. Needs Node 20; run it after a change in styles/
# and commit the result. Nobody who only runs Openhall needs it.
set -eu
cd "$(dirname "$0")/../styles"
npm ci --ignore-scripts --no-audit --no-fund --silent
out=../static/css/openhall.css
node_modules/.bin/sass --load-path=node_modules --no-source-map --style=compressed \
    --quiet-deps openhall.scss "$out.new"
# The first line ties the sheet to its sources; tests/look/test_sheet.py compares them.
digest=$(LC_ALL=C cat package-lock.json ./*.scss | sha256sum | cut -c1-16)
{
    printf '/* Built from styles/ (%s) by scripts/build_css.sh. Holds govuk-frontend, MIT. */\n' "$digest"
    sed '1s/^\xEF\xBB\xBF//' "$out.new" | sed 's/^@charset "UTF-8";//'
} >"$out"
rm "$out.new"
wc -c "$out"
gzip -9 -c "$out" | wc -c
