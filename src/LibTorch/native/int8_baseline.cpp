#define LEVEL int8_baseline
#define NAME "baseline"
#include "int8.h"

namespace LEVEL {
namespace {

constexpr int most_rows = 1;
constexpr int most_panels = 1;

using Inputs = const uint8_t*;
using Weights = const int8_t*;
struct Sums {
  int32_t of[panel_outputs];
};

inline Inputs spread(const uint8_t* x) { return x; }
inline Weights take(const int8_t* w) { return w; }
inline Sums none() { return {}; }
inline Sums dot(Sums sums, Inputs x, Weights w) {
  for (int64_t i = 0; i < panel_outputs; i++) {
    for (int64_t k = 0; k < panel_inputs; k++) {
      sums.of[i] += static_cast<int32_t>(x[k]) * w[i * panel_inputs + k];
    }
  }
  return sums;
}
inline void keep(int32_t* to, Sums sums) { __builtin_memcpy(to, sums.of, sizeof sums.of); }

}  // namespace
}  // namespace LEVEL

#include "int8.inc"
