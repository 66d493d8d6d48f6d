#!/bin/sh
# Say which Chromium the browser tests will drive; install Debian's where there is none.
set -u

find_chromium() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
    return 1
}

find_chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium: installing it with apt-get."
    # No service may start on its own because of this.
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null
fi
find_chromium >/dev/null && exit 0
echo "THE BROWSER TESTS ARE LEFT OUT: install Chromium (Debian: apt-get install chromium)" \
    "or name a Chrome or Chromium in CHROMIUM."
