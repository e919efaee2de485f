#!/usr/bin/env bash
# Packs the program, installs the tarball in an empty folder, and runs it from there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cd "$root"
tarball=$(npm pack --silent --pack-destination "$place" | tail -n 1)
tar -tzf "$place/$tarball" | sed 's/^/  /'
if tar -tzf "$place/$tarball" | grep -E '\.map$|/(tests|fixtures|src)/'; then
  echo 'the package holds files that must not ship' >&2
  exit 1
fi

tar -tzf "$place/$tarball" >"$place/listing"
for page in $(node -p 'require("./package.json").man.join(" ")') dist/man/ja/man1/mfa-profile.1; do
  if ! grep -qxF "package/${page#./}" "$place/listing"; then
    echo "the package has no manual page $page" >&2
    exit 1
  fi
done

mkdir "$place/project" && cd "$place/project"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --offline "$place/$tarball"
if [ "$(find node_modules -maxdepth 1 -mindepth 1 -type d ! -name '.bin' | wc -l)" -ne 1 ]; then
  echo 'the package pulls in others: everything is meant to be bundled' >&2
  exit 1
fi
version=$(node -p 'require("mfa-profile/package.json").version')
[ "$(npx --offline mfa-profile --version)" = "$version" ]
HOME="$place/home" npx --offline mfa-profile status --json | node -e '
  let text = "";
  process.stdin.on("data", (chunk) => (text += chunk)).on("end", () => {
    if (JSON.parse(text).profiles.length !== 0) process.exit(1);
  });
'
echo "  mfa-profile $version works from its package"
