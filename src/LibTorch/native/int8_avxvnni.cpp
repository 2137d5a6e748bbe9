#if defined(__x86_64__)
#define LEVEL int8_avxvnni
#define NAME "avxvnni"
#include "int8.h"

#include <immintrin.h>

namespace LEVEL {
namespace {

constexpr int most_rows = 6;
constexpr int most_panels = 1;

struct Pair {
  __m256i low;
  __m256i high;
};

using Inputs = __m256i;
using Weights = Pair;
using Sums = Pair;

inline const __m256i* at(const void* p) { return static_cast<const __m256i*>(p); }
inline Inputs spread(const uint8_t* x) {
  int32_t four;
  __builtin_memcpy(&four, x, sizeof four);
  return _mm256_set1_epi32(four);
}
inline Weights take(const int8_t* w) { return {_mm256_loadu_si256(at(w)), _mm256_loadu_si256(at(w + 32))}; }
inline Sums none() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
inline Sums dot(Sums sums, Inputs x, Weights w) { return {_mm256_dpbusd_avx_epi32(sums.low, x, w.low), _mm256_dpbusd_avx_epi32(sums.high, x, w.high)}; }
inline void keep(int32_t* to, Sums sums) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), sums.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 8), sums.high);
}

}  // namespace
}  // namespace LEVEL

#include "int8.inc"
#endif
