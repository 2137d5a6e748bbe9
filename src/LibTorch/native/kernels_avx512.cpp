#define LEVEL avx512
#include "kernels.inc"
