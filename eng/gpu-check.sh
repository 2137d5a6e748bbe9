#!/usr/bin/env bash
# On a machine with a GPU and PyTorch, in the folder that eng/gpu-pack.sh made: compiles the shim against that PyTorch, repeats what the original recorded (verify), measures
# (bench gpu, random weights of the released sizes, 16 GB on the disk), and measures the original beside it. Figures of all steps go into one JSON file, logs into another.
#   gpu-check.sh [--seconds 570] [--device cuda] [--python python3] [--work DIR] [--out DIR] [STEP ...]
# Steps: machine shim weights verify pictures answers original original_edit graphs streamed fp8. Those that do not fit into --seconds any more are named in the report, to be given to the next call, which
# takes up what the last one left in --work. --device cpu --size 64 --small 32 --steps 2 --repeats 1 --model DIR tries the script itself where there is no GPU.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
here=$PWD
seconds=570 device=cuda python=python3 work=/tmp/omnigen2-gpu out=${OUT:-} size=1024 small=512 steps=50 repeats=3 model='' torch='' todo=()
while (($#)); do
  case $1 in
    --seconds | --device | --python | --work | --out | --size | --small | --steps | --repeats | --model) declare "${1#--}=${2:?$1 needs a value}"; shift 2 ;;
    -*) echo "Unknown: $1" >&2; exit 2 ;;
    *) todo+=("$1"); shift ;;
  esac
done
((${#todo[@]})) || todo=(machine shim weights verify pictures answers original original_edit graphs streamed fp8)
out=${out:-$work/out}
mkdir -p "$work/cli" "$out" "$work/steps"
# No ICU is needed, and what is unpacked goes where there is room.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR=$work/bundle XDG_CACHE_HOME=$work/cache PYTHONPATH=$here/original PYTHONDONTWRITEBYTECODE=1
[[ $device != cpu ]] || export CUDA_VISIBLE_DEVICES=
cli=$work/cli/OmniGen2.Cli
bench=("$cli" bench gpu --json --size "$size" --small "$small" --steps "$steps" --repeats "$repeats")
[[ -z $model ]] || bench+=(--model "$model")
weights=${model:-$work/cache/omnigen2-bench}/transformer/diffusion_pytorch_model.safetensors

machine() {
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader >&2 || true
  "$python" -c 'import json, os, torch; gpu = torch.cuda.is_available(); print(json.dumps({"torch": torch.__version__, "cpus": os.cpu_count(), "gpu": torch.cuda.get_device_name() if gpu else None, "capability": list(torch.cuda.get_device_capability()) if gpu else None, "bytes": torch.cuda.mem_get_info() if gpu else None}))'
}

shim() {
  local torch
  torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))') || return
  [[ -e $torch/include/ATen/ATen.h ]] || torch='' # Debian's: the headers are the system's
  cmake -S "$here/native" -B "$work/shim" -DCMAKE_BUILD_TYPE=Release -DLIBTORCH="$torch" $(command -v ninja > /dev/null && echo -G Ninja) >&2 &&
    cmake --build "$work/shim" -j "$(nproc)" >&2 && cp "$here/cli/OmniGen2.Cli" "$work/shim/libtorchshim.so" "$work/cli/" && chmod +x "$cli" &&
    grep -E '^(TORCH_INCLUDE|TORCH_CUDA|CUDA_INCLUDE):' "$work/shim/CMakeCache.txt" | "$python" -c 'import json, sys; print(json.dumps(dict(line.strip().split("=", 1) for line in sys.stdin)))'
}

weights() { "${bench[@]}" --parts weights; }
verify() { "$cli" verify "$here/golden" --device "$device" --json; }
pictures() { "${bench[@]}" --parts pictures; }
answers() { "${bench[@]}" --parts answers; }
streamed() { "${bench[@]}" --parts streamed; }
fp8() { "${bench[@]}" --parts fp8; }
graphs() { "${bench[@]}" --parts graphs; }
original() {
  [[ -d $here/original/checkout ]] || { echo "The original was not packed: eng/gpu-pack.sh --original DIR" >&2; return 1; }
  "$python" -W ignore "$here/original/gpu.py" --original "$here/original/checkout" --weights "$weights" --inputs "$work/inputs.safetensors" --own "$cli" \
    --device "$device" --size "$size" --steps "$steps" --repeat "$repeats" "$@"
}
original_edit() { original --references 1; }

# Everything so far, after every step: what comes later may be cut off.
report() {
  "$python" - "$work/steps" "$out/gpu-check.json" "$@" << 'PY'
import json, os, sys
folder, target, *left = sys.argv[1:]
result = {"left": left}
for name in sorted(os.listdir(folder), key=lambda n: os.path.getmtime(os.path.join(folder, n))):
    if name.endswith(".json"):
        text = open(os.path.join(folder, name)).read()
        step = dict(zip(("rc", "seconds"), map(int, open(os.path.join(folder, name[:-5] + ".end")).read().split())))
        try:
            step["result"] = json.loads(text) if text.strip() else None
        except ValueError:
            step["result"] = text[-2000:]
        result[name[:-5]] = step
for step, own, ratio in (("original", "t2i", "original_over_own_denoising"), ("original_edit", "edit", "original_over_own_edit_denoising")):
    there, here = (result.get(n, {}).get("result") for n in (step, "pictures"))
    if isinstance(there, dict) and isinstance(here, dict) and "original_denoising_seconds" in there and f"{own}_denoising_seconds" in here:
        result[ratio] = there["original_denoising_seconds"] / here[f"{own}_denoising_seconds"]
json.dump(result, open(target, "w"), indent=1)
PY
}

worst=0
while ((${#todo[@]})); do
  step=${todo[0]}
  case $step in
    machine | shim | weights | verify | pictures | answers | streamed | fp8 | graphs | original | original_edit) ;;
    *) echo "Unknown step: $step" >&2; exit 2 ;;
  esac
  ((seconds - SECONDS > 20)) || break
  echo "== $step, at $SECONDS s" | tee -a "$out/gpu-check.log" >&2
  begin=$SECONDS
  # A shell of its own, so that a limit ends the step and all that it started.
  export here work out device python size steps repeats model cli weights
  export -f original "$step"
  declare -p bench > "$work/bench.sh"
  timeout --kill-after=10 $((seconds - SECONDS)) bash -c "source '$work/bench.sh'; $step" > "$work/steps/$step.json" 2> "$work/steps/$step.log"
  rc=$?
  echo "$rc $((SECONDS - begin))" > "$work/steps/$step.end"
  tail -c 20000 "$work/steps/$step.log" >> "$out/gpu-check.log"
  echo "== $step ended with $rc after $((SECONDS - begin)) s" | tee -a "$out/gpu-check.log" >&2
  ((rc == 0)) || { worst=1; tail -n 15 "$work/steps/$step.log" >&2; }
  todo=("${todo[@]:1}")
  report "${todo[@]}"
done
report "${todo[@]}"
[[ ${#todo[@]} == 0 ]] || echo "left for the next call: ${todo[*]}" >&2
echo "$out/gpu-check.json"
exit $worst
