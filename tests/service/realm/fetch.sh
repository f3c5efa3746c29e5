#!/usr/bin/env bash
#
# Fetches the foreign parts of the GSSAPI tests and unpacks them below a folder: a Kerberos KDC and
# kinit, the NTLM mechanism, apache2 with mod_auth_gssapi, tinyproxy, python3-winrm,
# python3-ntlm-auth, curl, nss_wrapper, faketime.
#
# They are unpacked, never installed, because their packages would start daemons on every address of
# the machine. Nothing of the system is changed and no root is needed: where the package lists are
# missing or older than the archive, lists of our own are fetched into the same folder.
#
# Usage: fetch.sh FOLDER
# Exit code 0: FOLDER/root holds the parts. 77: this system has no apt, so there are none. 1: failed.
set -euo pipefail

readonly exit_skipped=77
readonly wanted=(krb5-kdc krb5-admin-server krb5-user gss-ntlmssp libnss-wrapper libfaketime
  apache2-bin libapache2-mod-auth-gssapi python3-ntlm-auth python3-winrm python3-requests-kerberos curl
  tinyproxy-bin)
# Of one version among themselves, so taken from the archive even where another is installed. The
# installed apache2-bin may be missing while its libraries are there, so those are as they are.
readonly together='^lib(krb5-3|krb5support|k5crypto|gssapi-krb5|gssrpc|kadm5|kdb5|com-err|verto)'
# Needed by what we leave out: daemons' set-up, and Python itself.
readonly needless='^(debconf.*|lsb-base|krb5-config|python3|media-types|procps|perl.*|libc6|apache2-api.*)$'

folder=""
own_lists=""

log() { printf 'gss parts: %s\n' "$*" >&2; }

# apt-get or apt-cache, with lists of our own once they have been fetched.
with_apt() {
  local tool="$1"
  shift
  local -a options=(-q=2 -o Debug::NoLocking=1)
  if [[ -n $own_lists ]]; then
    options+=(-o "Dir::State=$folder/apt/state" -o "Dir::Cache=$folder/apt/cache"
      -o Dir::State::status=/var/lib/dpkg/status -o "APT::Sandbox::User=$(id -un)")
  fi
  "$tool" "${options[@]}" "$@"
}

fetch_own_lists() {
  [[ -z $own_lists ]] || return 1
  log "fetching package lists into $folder/apt"
  own_lists=1
  mkdir -p "$folder/apt/state/lists/partial" "$folder/apt/cache/archives/partial"
  with_apt apt-get update >&2
}

# One run of apt for all of them: it reads the package lists anew each time.
download() {
  local -a missing=()
  local package
  for package in "$@"; do
    compgen -G "$folder/debs/${package}_*.deb" >/dev/null || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return; fi
  cd -- "$folder/fresh"
  # The sandbox warning of apt-get is about folders that its own user cannot enter.
  with_apt apt-get -o "APT::Sandbox::User=$(id -un)" download "${missing[@]}" 2>/dev/null || {
    fetch_own_lists
    with_apt apt-get download "${missing[@]}"
  }
  mv -- *.deb "$folder/debs/"
}

is_installed() {
  # Others have a status as well, such as not-installed, and a package has a line for each architecture.
  grep --quiet --line-regexp installed < <(dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null)
}

# What the package in debs/ depends on: the first of alternatives, without versions.
needs_of() {
  dpkg-deb --field "$folder/debs/$1"_*.deb Depends Pre-Depends |
    sed 's/^[A-Za-z-]*: //' | tr ',' '\n' | sed 's/|.*//; s/(.*//; s/:any//; s/[[:space:]]//g' |
    sed '/^$/d' | sort -u
}

# Downloads the wanted packages, then what they need and the machine lacks, then what those need.
download_all() {
  local -a level=("${wanted[@]}") next=()
  local -A seen=()
  local package need
  for package in "${level[@]}"; do seen[$package]=1; done
  while ((${#level[@]} > 0)); do
    download "${level[@]}"
    next=()
    while read -r need; do
      if [[ -n ${seen[$need]:-} || $need =~ $needless ]]; then continue; fi
      seen[$need]=1
      if [[ ! $need =~ $together ]] && is_installed "$need"; then continue; fi
      next+=("$need")
    done < <(for package in "${level[@]}"; do needs_of "$package"; done)
    level=("${next[@]}")
  done
}

main() {
  mkdir -p "$1/debs" "$1/fresh"
  folder="$(cd -- "$1" && pwd)"
  exec 9>"$folder/lock"
  flock 9
  if [[ -e $folder/complete && $(<"$folder/complete") == "${wanted[*]}" ]]; then return; fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    log "this system has no apt, by which the KDC and the other parts come; their tests are skipped"
    return "$exit_skipped"
  fi
  download_all
  rm -rf -- "$folder/root"
  local deb
  for deb in "$folder"/debs/*.deb; do dpkg-deb --extract "$deb" "$folder/root"; done
  printf '%s' "${wanted[*]}" >"$folder/complete"
  log "unpacked into $folder/root"
}

main "$@"
