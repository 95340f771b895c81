#!/usr/bin/env bash
# Publishes the program for a Linux machine with an NVIDIA GPU that has neither the .NET SDK nor a network: one archive, 60 MB at most.
#
#   tools/gpu-check/publish.sh [ARCHIVE]      (artifacts/gpu-check/gpu-check.tar.xz)
#
# There:
#
#   tar xf gpu-check.tar.xz && gpu-check/check             one table, made to take at most five minutes
#   gpu-check/check --emulated                             the same on the processor, with tiny networks
#   gpu-check/grokverify reproduce --device cuda --out DIR
#
# A python3 with PyTorch and CUDA, where there is one, is only timed beside it.
set -euo pipefail

cd "$(dirname "$0")/../.."
archive=$(realpath -m "${1:-artifacts/gpu-check/gpu-check.tar.xz}")
folder="$(dirname "$archive")/gpu-check"

rm -rf "$folder"
mkdir -p "$folder"
dotnet publish tools/GrokVerify.Cli -c Release -r linux-x64 --self-contained -p:RelaxGlibcxx=always -p:PublishDocumentationFile=false \
  -p:PublishReferencesDocumentationFiles=false -o "$folder/program" -v quiet -nologo >&2

rm -f "$folder"/program/*.pdb

# Of libtorch only TorchSharp's own library is packed: with it, GROKVERIFY_LIBTORCH is all that the engine torch needs there.
packages="${NUGET_PACKAGES:-$HOME/.nuget/packages}/libtorch-cpu-linux-x64"
find "$packages" -name '*.so*' -printf '%f\n' | sort -u | grep -vx 'libLibTorchSharp.so' | while read -r library; do rm -f "$folder/program/$library"; done
install -m 755 tools/gpu-check/check "$folder/check"
ln -s program/GrokVerify.Cli "$folder/grokverify"
tar -C "$(dirname "$folder")" -c gpu-check | xz -T0 -6 > "$archive.part"
mv "$archive.part" "$archive"
size=$(stat -c %s "$archive")
echo "$archive: $((size / 1000000)) MB"
if ((size > 60000000)); then
  echo "$archive is larger than 60 MB: see what $folder/program holds" >&2
  exit 1
fi
