#!/usr/bin/env bash
# Trains a small run on an emulated Arm64 processor and prints the hashes of its weights: they are those of x64.
#
#   tools/arm64/run-probe.sh [ARGUMENTS OF ExactProbe]
#   tools/arm64/run-probe.sh --prepare
#
# Needs: the .NET SDK, qemu-aarch64-static (Debian: qemu-user-static) and, in artifacts/arm64/root, the Arm64 packages that a .NET program links to.
# --prepare fetches those packages with apt, unless they are there, and removes the foreign architecture again; it needs root. Nothing else is installed.
set -euo pipefail

cd "$(dirname "$0")/../.."
work="$PWD/artifacts/arm64"
root="$work/root"
packages=(libc6:arm64 libgcc-s1:arm64 libstdc++6:arm64 zlib1g:arm64 libssl3:arm64)

forget_architecture() {
  trap - EXIT
  dpkg --remove-architecture arm64
  apt-get update -qq
}

prepare() {
  mkdir -p "$work/packages" "$root"
  if ! dpkg --print-foreign-architectures | grep -qx arm64; then
    trap forget_architecture EXIT
    dpkg --add-architecture arm64
  fi
  apt-get update -qq
  (cd "$work/packages" && apt-get -o APT::Sandbox::User=root download -qq "${packages[@]}")
  for package in "$work"/packages/*.deb; do dpkg -x "$package" "$root"; done
  if [[ -n "$(trap -p EXIT)" ]]; then forget_architecture; fi
}

if [[ "${1:-}" == --prepare ]]; then
  [[ -e "$root/lib/ld-linux-aarch64.so.1" ]] || prepare
  exit 0
fi

command -v qemu-aarch64-static > /dev/null || { echo "qemu-aarch64-static is not installed: apt-get install qemu-user-static" >&2; exit 1; }
[[ -e "$root/lib/ld-linux-aarch64.so.1" ]] || { echo "$root holds no Arm64 system: run tools/arm64/run-probe.sh --prepare once, as root" >&2; exit 1; }

dotnet publish tests/ExactProbe -c Release -r linux-arm64 --self-contained -o "$work/probe" -v quiet -nologo >&2
if [[ $# -eq 0 ]]; then set -- 11 0.5 12 3 20 2 0 1 20; fi
exec qemu-aarch64-static -L "$root" "$work/probe/ExactProbe" "$@"
