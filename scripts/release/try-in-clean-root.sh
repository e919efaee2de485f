#!/usr/bin/env bash
# Installs a Debian package, or copies an executable, into a root that has never seen this project, and
# runs the end-to-end tests of the main job there. As root; debootstrap fetches Debian 13 unless the
# folder is there. Usage: scripts/release/try-in-clean-root.sh FILE.deb|EXECUTABLE [ROOT]
set -euo pipefail
file=$(realpath "$1")
root=${2:-}
cd "$(dirname "$0")/../.."
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
if [ -z "$root" ]; then
  root=$(mktemp -d)
  chmod 755 "$root"
fi
[ -e "$root/bin/sh" ] || debootstrap --variant=minbase trixie "$root" "$mirror" >"$root.log"
mounted=()
end() {
  for folder in "${mounted[@]}"; do umount "$root/$folder"; done
  rm -f "$root.start"
}
trap end EXIT
place() {
  mkdir -p "$root/$1"
  mount --bind "/$1" "$root/$1"
  mounted=("$1" "${mounted[@]}")
}
place proc
# A null and a terminal are there to be written to.
place dev

case $file in
  *.deb)
    cp "$file" "$root/package.deb"
    chroot "$root" apt-get install -y -qq --no-install-recommends /package.deb >>"$root.log" 2>&1 ||
      { tail -n 20 "$root.log"; exit 1; }
    program=/usr/bin/mfa-profile
    ;;
  *)
    chroot "$root" sh -c '! command -v node' || { echo 'the root has a node' >&2; exit 1; }
    cp "$file" "$root/usr/local/bin/mfa-profile"
    program=/usr/local/bin/mfa-profile
    ;;
esac
chroot "$root" "$program" --version

# The homes of the tests are in /tmp, which is the same inside and outside.
place tmp
printf '#!/bin/sh\nexec chroot %s %s "$@"\n' "$root" "$program" >"$root.start"
chmod 755 "$root.start"
# A code that comes from a program of this machine cannot be had in there.
elsewhere='mfa_process|further one goes on|one name given twice|turns out later|waits for the next code'
MFA_PROFILE_TESTS_EXECUTABLE="$root.start" npx jest -t "^(?!.*($elsewhere))" --silent tests/e2e/refresh.test.ts \
  tests/e2e/credential-process.test.ts
if [ "$program" = /usr/bin/mfa-profile ]; then
  chroot "$root" apt-get purge -y -qq mfa-profile >>"$root.log" 2>&1
  left=$(chroot "$root" find / -xdev -path /proc -prune -o -path /tmp -prune -o -path '*mfa-profile*' -print |
    grep -v '^/package.deb$' || true)
  [ -z "$left" ] || { printf 'left behind:\n%s\n' "$left" >&2; exit 1; }
fi
echo "$(basename "$file"): installed and run in a clean root"
