#!/usr/bin/env bash
# Packs the program, installs the tarball in an empty folder, and runs it from there; then checks the
# package as a release makes it.
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

# A clone without a remote does not know where it is from: said, and tried with a stand-in.
cd "$root"
mkdir "$place/release"
address=$(git remote get-url origin 2>/dev/null || true)
if [ -z "${GITHUB_REPOSITORY:-}" ] && [[ $address != *@*:* && $address != https://* ]]; then
  echo '  this clone has no remote with an address: repository, bugs and homepage of the package are a stand-in'
  export GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=example/mfa-profile
fi
release=$(node scripts/release/npm-package.mjs "$place/release")
node scripts/release/check-npm-package.mjs "$release"
echo "  $(basename "$release"), as a release: $(stat -c %s "$release") bytes, nothing to say of its form"
