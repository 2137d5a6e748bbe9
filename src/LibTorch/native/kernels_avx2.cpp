#define LEVEL avx2
#include "kernels.inc"
