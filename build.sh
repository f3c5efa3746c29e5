#!/usr/bin/env bash
#
# The door to the build on Debian and its kin. It installs what is missing and calls the workflows
# of CMakePresets.json, which say what is built.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
readonly root
readonly exit_prerequisites=2
readonly exit_usage=64

list_tasks() {
  cat <<'END'
Usage: ./build.sh TASK

  demo    build, start a loopback service, and show Connect-WSMan and Disconnect-WSMan at work
  shell   open a PowerShell with the freshly built module [-Command TEXT | -File PATH ARGUMENTS]
  test    build and run every test, also under the sanitizers
  check   check format, lint, layering and the instruction count of one request
  bench   measure the core against libcurl and libxml2; keep the machine quiet
  soak    open and end sessions by the ten thousand, and threads that meet for a minute

What is missing is installed first with apt; BUILD_NO_INSTALL=1 only names it.
END
}

# The packages that `task` needs and this machine lacks, one a line. A program counts wherever on
# PATH it comes from; a library is asked of dpkg.
missing_packages() {
  local task="$1" needed_by program package rest
  local -a libraries=()
  while read -r needed_by program package rest; do
    [[ $needed_by == build || $needed_by == "$task" ]] || continue
    if [[ $program == - ]]; then
      libraries+=("$package")
    elif ! command -v "$program" >/dev/null; then
      printf '%s\n' "$package"
    fi
  done <"$root/cmake/prerequisites.txt"

  local installed
  installed=" $(dpkg-query --show --showformat='${db:Status-Status}=${Package} ' \
    "${libraries[@]}" 2>/dev/null || true)"
  for package in "${libraries[@]}"; do
    [[ $installed == *" installed=$package "* ]] || printf '%s\n' "$package"
  done
}

# Whether apt knows a version of every package: it does not before the first apt-get update.
apt_knows() {
  local package
  for package in "$@"; do
    [[ -n $(apt-cache --quiet=2 --no-all-versions show "$package" 2>/dev/null) ]] || return 1
  done
}

install_packages() {
  local -a as_root=(env) command
  if ((EUID != 0)); then as_root=(sudo env); fi
  as_root+=(DEBIAN_FRONTEND=noninteractive)
  command=(apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=120 "$@")
  command=("${as_root[@]}" "${command[@]}")

  echo "Missing packages: $*"
  echo "To install them:  ${command[*]}"
  if [[ ${BUILD_NO_INSTALL:-} == 1 ]]; then
    echo "BUILD_NO_INSTALL=1, so nothing was installed."
    return "$exit_prerequisites"
  fi
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    echo "You are not root and there is no sudo, so nothing was installed."
    return "$exit_prerequisites"
  fi
  if apt_knows "$@" && "${command[@]}"; then return; fi
  # The lists are missing, or older than the archive.
  "${as_root[@]}" apt-get update && "${command[@]}" || return "$exit_prerequisites"
}

# The SDKs are listed rather than run: an SDK that lacks a library of its own can still list.
require_dotnet() {
  local sdks=""
  if command -v dotnet >/dev/null; then sdks="$(dotnet --list-sdks)" || sdks=""; fi
  if [[ $sdks =~ (^|$'\n')[1-9][0-9]+\. ]]; then return; fi
  echo "The .NET SDK 10 or later is needed. See https://learn.microsoft.com/dotnet/core/install/linux"
  return "$exit_prerequisites"
}

# On a system without dpkg nothing is looked for here: CMake names what it does not find.
require_prerequisites() {
  local task="$1"
  require_dotnet || exit
  command -v dpkg-query >/dev/null || return 0
  local -a packages
  mapfile -t packages < <(missing_packages "$task")
  if ((${#packages[@]} == 0)); then return; fi
  install_packages "${packages[@]}" || exit
}

run_workflow() {
  echo "== cmake --workflow --preset $1"
  (cd -- "$root" && cmake --workflow --preset "$1")
}

print_three_lines() {
  cat <<'END'
The module is imported. Three lines to try, with a computer of yours:

  dir WSMan:\
  Connect-WSMan server01 -UseSSL -Authentication Basic -Credential admin
  Get-Help Disconnect-WSMan -Full

END
}

# The text as one PowerShell string.
quote() {
  printf "'%s'" "${1//\'/\'\'}"
}

# Replaces this process by pwsh with the module imported, so that the exit code is pwsh's.
exec_pwsh() {
  local pwsh="$1" import="$2" mode="${3:-}" text
  case "$mode" in
    "") exec "$pwsh" -NoLogo -NoProfile -NoExit -Command "$import" ;;
    -command) exec "$pwsh" -NoLogo -NoProfile -Command "$import; ${*:4}" ;;
  esac
  # -File cannot import first, so the script is called, and its exit code is handed on as -File does.
  text="$import; \$global:LASTEXITCODE = 0; & $(quote "$4")"
  local argument
  for argument in "${@:5}"; do
    # A parameter's name stays bare; everything else is a literal.
    if [[ $argument =~ ^-[A-Za-z_][A-Za-z0-9_]*:?$ ]]; then
      text+=" $argument"
    else
      text+=" $(quote "$argument")"
    fi
  done
  exec "$pwsh" -NoLogo -NoProfile -Command "$text; if (-not \$?) { exit \$LASTEXITCODE }"
}

# Standard output belongs to what runs in the shell, so the build is told on standard error.
run_shell() {
  local mode="${1:-}" console="$root/out/dotnet/bin/wsman-console/release/wsman-console" shell
  mode="${mode,,}"
  if [[ $mode != "" && $mode != -command && $mode != -file ]] || [[ $mode != "" && $# -lt 2 ]]; then
    list_tasks >&2
    return "$exit_usage"
  fi
  run_workflow shell >&2
  shell="$(cmake -D "CONSOLE=$console" -P "$root/cmake/find-shell.cmake")"
  [[ -n $mode ]] || print_three_lines

  local module="$root/out/module/Portable.WSMan.Management"
  if [[ $shell == "$console" ]]; then
    exec "$console" -NoLogo -NoProfile -Import "$module" "$@"
  fi
  exec_pwsh "$shell" "Import-Module $(quote "$module")" "$mode" "${@:2}"
}

main() {
  local task="${1:-}"
  case "$task" in
    "") list_tasks && exit ;;
    demo | test | check | bench | soak) (($# == 1)) || { list_tasks >&2 && exit "$exit_usage"; } ;;
    shell) ;;
    *)
      echo "There is no task \"$task\"." >&2
      list_tasks >&2
      exit "$exit_usage"
      ;;
  esac
  require_prerequisites "$task" >&2
  case "$task" in
    shell) run_shell "${@:2}" ;;
    soak) run_workflow soak-dev && run_workflow soak-tsan ;;
    test) run_workflow test-dev && run_workflow test-asan && run_workflow test-tsan ;;
    *) run_workflow "$task" ;;
  esac
}

main "$@"
