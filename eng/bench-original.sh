#!/usr/bin/env bash
# One forward of the transformer, or a whole picture, here and in the original, by turns in one run, on the same weights, inputs, threads and libtorch; prints the ratio.
# Needs Debian's python3-torch, which is the libtorch that this project uses (apt-get install --no-install-recommends python3-torch), and a checkout of the
# original (https://github.com/VectorSpaceLab/OmniGen2). Other packages of it are not needed: see eng/original/standins.py.
#   eng/bench-original.sh --original DIR [--weights F.safetensors] [--inputs F.safetensors] [--dtype fp32|bf16] [--threads N] [--repeat R] [--json]
#   eng/bench-original.sh --original DIR --full-size [--size 256] [--text 100] [--references 0]    the released size, random weights of `bench --full-size`
#   eng/bench-original.sh --original DIR --picture [--model DIR] [--size 128] [--steps 20] …              whole pictures; there without the language model, here with it
set -euo pipefail
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
python=${PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import torch' 2>/dev/null; then
  echo "$python has no torch: apt-get install --no-install-recommends python3-torch, or name another Python with PYTHON=." >&2
  exit 1
fi

cd "$here"
script=bench.py original='' model=$root/models/omnigen2-mini weights=$root/models/omnigen2-mini/transformer/diffusion_pytorch_model.safetensors dtype=fp32 rest=()
while (($#)); do
  case $1 in
    --original) original=$2; shift 2 ;;
    --weights) weights=$2; shift 2 ;;
    --dtype) dtype=$2; shift 2 ;;
    --picture) script=picture.py; shift ;;
    --model) model=$2; shift 2 ;;
    --full-size) weights=${XDG_CACHE_HOME:-$HOME/.cache}/omnigen2-bench/transformer/diffusion_pytorch_model.safetensors dtype=bf16; shift ;;
    --json) rest+=("$1"); shift ;;
    *) rest+=("$1" "${2:?$1 needs a value}"); shift 2 ;;
  esac
done
if [[ ! -f $original/omnigen2/models/transformers/transformer_omnigen2.py ]]; then
  echo "--original '$original' is no checkout of the original: git clone https://github.com/VectorSpaceLab/OmniGen2 and name its folder." >&2
  exit 1
fi
if [[ ! -f $weights ]]; then
  echo "There are no weights at $weights: eng/cli.sh bench --full-size writes the random ones of the released size." >&2
  exit 1
fi

work=(--weights "$weights")
[[ $script == bench.py ]] || work=(--model "$model")

# The same BLAS and instructions on both sides; this project finds them by itself.
blas=$(compgen -G '/usr/lib/*/openblas-*/libblas.so.3' | sort | head -n 1 || true)
! grep -qw avx512bw /proc/cpuinfo || export ATEN_CPU_CAPABILITY=${ATEN_CPU_CAPABILITY:-avx512}
"$root/eng/cli.sh" --version >&2
LD_PRELOAD=$blas GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-1000} PYTHONPATH=$root/eng/original PYTHONDONTWRITEBYTECODE=1 \
  "$python" -W ignore "$root/eng/original/$script" --original "$original" "${work[@]}" --dtype "$dtype" --own "$root/artifacts/cli/OmniGen2.Cli.dll" "${rest[@]}"
