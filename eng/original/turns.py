"""Runs of this project's command and of the original by turns, in one run, so that what else the machine does meets both."""
import json
import statistics
import subprocess
import sys
import time

import torch


def alternate(own, arguments, original, repeat):
    """Seconds of each pair behind the first, which warms up; the figures of this project's side; what the original returned last."""
    process = subprocess.Popen(["dotnet", own, "bench", *arguments, "--repeat", str(repeat), "--by-turns", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    pairs = []
    with torch.inference_mode():
        for run in range(repeat + 1):
            print(f"\rpair {run} of {repeat}", end="", file=sys.stderr)
            begin = time.perf_counter()
            process.stdin.write("\n")
            process.stdin.flush()
            if process.stdout.readline() != "done\n":
                sys.exit("\nThis project's side ended: " + str(process.wait()))
            middle = time.perf_counter()
            outputs = original()
            pairs.append((middle - begin, time.perf_counter() - middle))
    print(file=sys.stderr)
    figures = json.loads(process.stdout.readline())
    process.wait()
    return pairs[1:], figures, outputs


def summary(args, pairs, figures, error):
    return {
        "libtorch": figures["libtorch"], "torch": torch.__version__, "dtype": args.dtype, "threads": args.threads, "pairs": len(pairs),
        "own_seconds": statistics.median(p[0] for p in pairs), "original_seconds": statistics.median(p[1] for p in pairs),
        "original_over_own": statistics.median(p[1] / p[0] for p in pairs), "own_peak_rss_bytes": figures["peak_rss_bytes"], "relative_difference": error,
    }


def show(args, result, subject):
    if args.json:
        print(json.dumps(result))
        return
    print(f"{subject}, {args.dtype}, {args.threads} threads, libtorch {result['libtorch']} here and torch {result['torch']} there, {result['pairs']} pairs by turns")
    print(f"  this project  {result['own_seconds'] * 1000:10.1f} ms   peak memory {result['own_peak_rss_bytes'] / 1e9:.2f} GB")
    print(f"  the original  {result['original_seconds'] * 1000:10.1f} ms")
    print(f"  original / this project   {result['original_over_own']:.2f} (median of the pairs)")
    print(f"  largest difference of the results / their largest value   {result['relative_difference']:.1e}")
