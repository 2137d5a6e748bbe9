#if defined(__x86_64__)
#define LEVEL int8_avx2
#define NAME "avx2"
#include "int8.h"

#include "int8_256.inc"

namespace LEVEL {
namespace {

constexpr int most_rows = 4;
constexpr int most_panels = 1;

// In 16 bits, as the instruction for pairs in 8 bits saturates: the first and third of four numbers, and the second and fourth.
struct Inputs {
  __m256i even;
  __m256i odd;
};
struct Weights {
  Pair even;
  Pair odd;
};

inline Inputs spread(const uint8_t* x) {
  uint32_t four;
  __builtin_memcpy(&four, x, sizeof four);
  return {_mm256_set1_epi32(static_cast<int32_t>(four & 0x00ff00ff)), _mm256_set1_epi32(static_cast<int32_t>((four >> 8) & 0x00ff00ff))};
}
inline __m256i even(__m256i w) { return _mm256_srai_epi16(_mm256_slli_epi16(w, 8), 8); }
inline Weights take(const int8_t* w) {
  const auto low = _mm256_loadu_si256(at(w));
  const auto high = _mm256_loadu_si256(at(w + 32));
  return {{even(low), even(high)}, {_mm256_srai_epi16(low, 8), _mm256_srai_epi16(high, 8)}};
}
inline __m256i add(__m256i sums, Inputs x, __m256i even, __m256i odd) {
  return _mm256_add_epi32(sums, _mm256_add_epi32(_mm256_madd_epi16(x.even, even), _mm256_madd_epi16(x.odd, odd)));
}
inline Sums dot(Sums sums, Inputs x, const Weights& w) { return {add(sums.low, x, w.even.low, w.odd.low), add(sums.high, x, w.even.high, w.odd.high)}; }

}  // namespace
}  // namespace LEVEL

#include "int8.inc"
#endif
