#!/usr/bin/env bash
# Packs what a bare machine with a GPU and PyTorch, but without .NET and without a network, needs to check and measure this project: one folder, then `bash FOLDER/gpu-check.sh` there.
#   eng/gpu-pack.sh [--original DIR] [--out FOLDER]     --original: a checkout of the original, to be measured beside; FOLDER is artifacts/gpu
set -euo pipefail
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
original='' out=$PWD/artifacts/gpu
while (($#)); do
  case $1 in
    --original) original=$(cd "$here" && realpath "${2:?--original needs a folder}"); shift 2 ;;
    --out) out=$(cd "$here" && realpath "${2:?--out needs a folder}"); shift 2 ;;
    *) echo "Unknown: $1. Use --original DIR or --out FOLDER." >&2; exit 2 ;;
  esac
done

rm -rf "$out"
mkdir -p "$out/golden" "$out/models"
# One file with .NET inside. Only .NET's own libraries are trimmed; this project's stay whole, and JSON may look into its types.
dotnet publish src/OmniGen2.Cli -c Release -r linux-x64 --self-contained -o "$out/cli" -v quiet -nologo \
  -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:PublishTrimmed=true -p:TrimMode=partial \
  -p:JsonSerializerIsReflectionEnabledByDefault=true -p:SuppressTrimAnalysisWarnings=true -p:EnableTrimAnalyzer=false -p:EnableSingleFileAnalyzer=false -p:DebugType=none
rm -f "$out"/cli/*.so "$out"/cli/*.pdb "$out"/cli/*.xml # the shim is compiled there, against its libtorch
cp -r src/LibTorch/native "$out/native"
cp -r tests/OmniGen2.Tests/Golden/. "$out/golden"
rm -rf "$out/golden/mini-rough" # no case of `verify` looks at it
cp -r models/omnigen2-mini "$out/models/"
find "$out/models" -name '*.safetensors' -delete # random weights take only the small files from it
mkdir "$out/original"
cp eng/original/*.py "$out/original/"
cp eng/gpu-check.sh "$out/"
if [[ -n $original ]]; then
  mkdir "$out/original/checkout"
  cp -r "$original/omnigen2" "$out/original/checkout/"
fi
du -sh "$out" | sed 's/\t/  /'
