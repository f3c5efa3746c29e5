#!/usr/bin/env bash
#
# The door to the build: it sees that what a task needs is there, and runs build.ps1, which has the
# tasks, in the PowerShell that .config/dotnet-tools.json names.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
readonly root
readonly exit_prerequisites=2

has() { command -v "$1" >/dev/null; }

# Each package manager: the column of prerequisites.txt, how to install, and whether a package is there.
if has apt-get; then
  manager=apt column=3 install=(env DEBIAN_FRONTEND=noninteractive
    apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120)
  is_installed() { [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }
elif has dnf; then
  manager=dnf column=4 install=(dnf install --assumeyes)
  is_installed() { rpm --query "$1" >/dev/null; }
elif has brew; then
  manager=brew column=5 install=(brew install)
  is_installed() { brew list --versions "$1" >/dev/null; }
else
  manager="" # CMake names what it does not find.
fi

# The packages that `task` needs and this machine lacks, one a line. A program counts wherever on
# PATH it comes from; a library is asked of the package manager.
missing_packages() {
  local task="$1" needed_by program package
  while read -r needed_by program package; do
    [[ $needed_by == build || $needed_by == "$task" ]] || continue
    if [[ $program == - ]]; then is_installed "$package"; else has "$program"; fi || printf '%s\n' "$package"
  done < <(awk -v column="$column" '!/^#/ && $column != "-" { print $1, $2, $column }' "$root/prerequisites.txt") |
    sort -u
}

# Installs with apt; elsewhere, and with BUILD_NO_INSTALL=1, the line to type is named.
install_packages() {
  local -a as_root=()
  if ((EUID != 0)) && [[ $manager != brew ]]; then as_root=(sudo); fi
  echo "Missing packages: $*"
  echo "To install them:  ${as_root[*]:+${as_root[*]} }${install[*]} $*"
  if [[ $manager != apt || ${BUILD_NO_INSTALL:-} == 1 ]]; then
    echo "Nothing was installed."
    return "$exit_prerequisites"
  fi
  if ((EUID != 0)) && ! has sudo; then
    echo "You are not root and there is no sudo, so nothing was installed."
    return "$exit_prerequisites"
  fi
  # The lists are missing, or older than the archive, where the first try fails.
  "${as_root[@]}" "${install[@]}" "$@" 2>/dev/null ||
    { "${as_root[@]}" apt-get update && "${as_root[@]}" "${install[@]}" "$@"; } ||
    return "$exit_prerequisites"
}

# Standard output belongs to the task, so what happens before it is told on standard error.
{
  # The SDKs are listed rather than run: an SDK that lacks a library of its own can still list.
  if ! has dotnet || ! dotnet --list-sdks | grep -qE '^[1-9][0-9]+\.'; then
    echo "The .NET SDK 10 or later is needed. See https://learn.microsoft.com/dotnet/core/install"
    exit "$exit_prerequisites"
  fi
  if [[ -n $manager && $# -gt 0 ]]; then
    missing=()
    while read -r package; do missing+=("$package"); done < <(missing_packages "$1")
    if ((${#missing[@]} > 0)); then install_packages "${missing[@]}" || exit; fi
  fi
} >&2

# The tests and the demo write client settings, which are not obeyed where a group can write them.
umask 022

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
restored="$(cd -- "$root" && dotnet tool restore 2>&1)" || { echo "$restored" >&2 && exit 1; }
# The manifest is looked for from the current folder upwards; the task begins where it was called.
caller="$PWD"
cd -- "$root"
exec dotnet tool run pwsh -- -NoLogo -NoProfile -WorkingDirectory "$caller" -File "$root/build.ps1" "$@"
