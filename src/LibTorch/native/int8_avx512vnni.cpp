#if defined(__x86_64__)
#define LEVEL int8_avx512vnni
#define NAME "avx512vnni"
#include "int8.h"

#include <immintrin.h>

namespace LEVEL {
namespace {

constexpr int most_rows = 6;
constexpr int most_panels = 4;

using Inputs = __m512i;
using Weights = __m512i;
using Sums = __m512i;

inline Inputs spread(const uint8_t* x) {
  int32_t four;
  __builtin_memcpy(&four, x, sizeof four);
  return _mm512_set1_epi32(four);
}
inline Weights take(const int8_t* w) { return _mm512_loadu_si512(w); }
inline Sums none() { return _mm512_setzero_si512(); }
inline Sums dot(Sums sums, Inputs x, Weights w) { return _mm512_dpbusd_epi32(sums, x, w); }
inline void keep(int32_t* to, Sums sums) { _mm512_storeu_si512(to, sums); }

}  // namespace
}  // namespace LEVEL

#include "int8.inc"
#endif
