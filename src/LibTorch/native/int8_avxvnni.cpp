#if defined(__x86_64__)
#define LEVEL int8_avxvnni
#define NAME "avxvnni"
#include "int8.h"

#include "int8_256.inc"

namespace LEVEL {
namespace {

constexpr int most_rows = 6;
constexpr int most_panels = 1;

using Inputs = __m256i;
using Weights = Pair;

inline Inputs spread(const uint8_t* x) {
  int32_t four;
  __builtin_memcpy(&four, x, sizeof four);
  return _mm256_set1_epi32(four);
}
inline Weights take(const int8_t* w) { return {_mm256_loadu_si256(at(w)), _mm256_loadu_si256(at(w + 32))}; }
inline Sums dot(Sums sums, Inputs x, Weights w) { return {_mm256_dpbusd_avx_epi32(sums.low, x, w.low), _mm256_dpbusd_avx_epi32(sums.high, x, w.high)}; }

}  // namespace
}  // namespace LEVEL

#include "int8.inc"
#endif
