#!/bin/sh
# Fetches the pinned browser code from npm into svoi/ui/static/ui/vendor and rewrites its VENDOR.toml.
# Run by a maintainer when a version changes; the result is committed, so nobody else needs npm.
# With --check it writes nothing and only compares what is committed with what npm gives today.
set -eu

HTMX=4.0.1
HLS=1.7.4
GOLOS=5.3.0
LUCIDE=1.62.0
LEAFLET=1.9.4
MARKERCLUSTER=1.5.3

root=$(cd "$(dirname "$0")/.." && pwd)
committed="$root/svoi/ui/static/ui/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
vendor="$work/vendor"
mkdir -p "$vendor"

unpack() { # package version
    (cd "$work" && tarball=$(npm pack --silent "$1@$2" | tail -n 1) && mkdir -p "$3" &&
        tar xzf "$tarball" -C "$3" --strip-components=1)
}

# Static storage follows sourceMappingURL and fails when the map is not vendored.
without_map() { sed '/^\/\/[#@] sourceMappingURL=/d; s|//# sourceMappingURL=[^ ]*$||' "$1"; }

# Our markers and controls are drawn by our own styles; a rule that asks for a picture would need one vendored.
without_pictures() { sed '/url(/d' "$1"; }

entry() { # file, name, version, licence, licence file, package
    sha256=$(sha256sum "$vendor/$1" | cut -d' ' -f1)
    printf '[[file]]\npath = "%s"\nname = "%s"\nversion = "%s"\nlicence = "%s"\nlicence_text = "%s"\n' "$1" "$2" "$3" "$4" "$5"
    printf 'origin = "npm:%s@%s"\nsha256 = "%s"\n\n' "$6" "$3" "$sha256"
}

icons() { # one <symbol> for each name in icons.txt, strokes only
    printf '<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide %s, ISC. Only the icons listed in svoi/ui/icons.txt. -->\n' "$LUCIDE"
    while read -r name; do
        printf '<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ' "$name"
        printf 'stroke-linecap="round" stroke-linejoin="round">'
        sed -n '/^>$/,/^<\/svg>/p' "$work/lucide/icons/$name.svg" | sed '1d;$d;s/^ *//' | tr -d '\n'
        printf '</symbol>\n'
    done < "$root/svoi/ui/icons.txt"
    printf '</svg>\n'
}

unpack htmx.org "$HTMX" htmx
unpack hls.js "$HLS" hls
unpack @fontsource-variable/golos-text "$GOLOS" golos
unpack lucide-static "$LUCIDE" lucide
unpack leaflet "$LEAFLET" leaflet
unpack leaflet.markercluster "$MARKERCLUSTER" markercluster

without_map "$work/htmx/dist/htmx.esm.min.js" > "$vendor/htmx-$HTMX.min.js"
without_map "$work/hls/dist/hls.light.min.mjs" > "$vendor/hls-$HLS.light.min.js"
for subset in cyrillic latin latin-ext; do
    cp "$work/golos/files/golos-text-$subset-wght-normal.woff2" "$vendor/golos-text-$GOLOS.$subset.woff2"
done
icons > "$vendor/lucide-$LUCIDE.svg"
without_map "$work/leaflet/dist/leaflet.js" > "$vendor/leaflet-$LEAFLET.min.js"
without_pictures "$work/leaflet/dist/leaflet.css" > "$vendor/leaflet-$LEAFLET.css"
without_map "$work/markercluster/dist/leaflet.markercluster.js" > "$vendor/leaflet.markercluster-$MARKERCLUSTER.min.js"
without_pictures "$work/markercluster/dist/MarkerCluster.css" > "$vendor/leaflet.markercluster-$MARKERCLUSTER.css"
cp "$work/htmx/LICENSE" "$vendor/htmx-$HTMX.LICENSE.txt"
cp "$work/hls/LICENSE" "$vendor/hls-$HLS.LICENSE.txt"
cp "$work/golos/LICENSE" "$vendor/golos-text-$GOLOS.LICENSE.txt"
cp "$work/lucide/LICENSE" "$vendor/lucide-$LUCIDE.LICENSE.txt"
cp "$work/leaflet/LICENSE" "$vendor/leaflet-$LEAFLET.LICENSE.txt"
cp "$work/markercluster/MIT-LICENCE.txt" "$vendor/leaflet.markercluster-$MARKERCLUSTER.LICENSE.txt"

{
    printf '# Browser code of others, as committed. Written by tools/vendor_browser_code.sh; do not edit by hand.\n\n'
    entry "htmx-$HTMX.min.js" htmx "$HTMX" 0BSD "htmx-$HTMX.LICENSE.txt" htmx.org
    entry "hls-$HLS.light.min.js" "hls.js (light)" "$HLS" Apache-2.0 "hls-$HLS.LICENSE.txt" hls.js
    for subset in cyrillic latin latin-ext; do
        entry "golos-text-$GOLOS.$subset.woff2" "Golos Text variable ($subset)" "$GOLOS" OFL-1.1 \
            "golos-text-$GOLOS.LICENSE.txt" @fontsource-variable/golos-text
    done
    entry "lucide-$LUCIDE.svg" "Lucide (sprite)" "$LUCIDE" ISC "lucide-$LUCIDE.LICENSE.txt" lucide-static
    for part in min.js css; do
        entry "leaflet-$LEAFLET.$part" "Leaflet ($part)" "$LEAFLET" BSD-2-Clause "leaflet-$LEAFLET.LICENSE.txt" leaflet
        entry "leaflet.markercluster-$MARKERCLUSTER.$part" "Leaflet.markercluster ($part)" "$MARKERCLUSTER" MIT \
            "leaflet.markercluster-$MARKERCLUSTER.LICENSE.txt" leaflet.markercluster
    done
} > "$vendor/VENDOR.toml"

if [ "${1:-}" = "--check" ]; then
    diff -r "$vendor" "$committed" && echo "Vendored browser code matches npm."
else
    mkdir -p "$committed"
    find "$committed" -type f -delete
    cp "$vendor"/* "$committed/"
    echo "Written to svoi/ui/static/ui/vendor."
fi
