// The GPU, where there is one. CUDA's own headers are not needed: the few calls are looked up in the library that libtorch has loaded.
#include "shim.h"

#include <dlfcn.h>

API int ts_cuda_device_count() {
  int count = 0;
  // Without a driver counting throws: then there are none.
  return run([&] { count = static_cast<int>(at::getNumGPUs()); }) == 0 ? count : 0;
}
API bool ts_get_allow_tf32() { return at::globalContext().allowTF32CuBLAS(); }
DO(set_allow_tf32, (bool on), at::globalContext().setAllowTF32CuBLAS(on))
API bool ts_get_cudnn_allow_tf32() { return at::globalContext().allowTF32CuDNN(); }
DO(set_cudnn_allow_tf32, (bool on), at::globalContext().setAllowTF32CuDNN(on))

namespace {
template <class F> F cuda(const char* name) {
  auto found = reinterpret_cast<F>(dlsym(RTLD_DEFAULT, name));
  TORCH_CHECK(found != nullptr, "the CUDA runtime is not loaded (", name, " was not found)");
  return found;
}
}  // namespace

DO(cuda_synchronize, (int device), auto rc = cuda<int (*)(int)>("cudaSetDevice")(device); TORCH_CHECK(rc == 0, "cudaSetDevice: error ", rc);
   rc = cuda<int (*)()>("cudaDeviceSynchronize")(); TORCH_CHECK(rc == 0, "cudaDeviceSynchronize: error ", rc))
DO(cuda_memory, (int device, int64_t* free, int64_t* total), auto rc = cuda<int (*)(int)>("cudaSetDevice")(device); TORCH_CHECK(rc == 0, "cudaSetDevice: error ", rc);
   size_t f = 0; size_t t = 0; rc = cuda<int (*)(size_t*, size_t*)>("cudaMemGetInfo")(&f, &t); TORCH_CHECK(rc == 0, "cudaMemGetInfo: error ", rc);
   *free = static_cast<int64_t>(f); *total = static_cast<int64_t>(t))

// Of the arithmetic units, as in 8.9 and 9.0.
DO(cuda_capability, (int device, int* major, int* minor), auto get = cuda<int (*)(int*, int, int)>("cudaDeviceGetAttribute");
   auto rc = get(major, 75, device); TORCH_CHECK(rc == 0, "cudaDeviceGetAttribute: error ", rc);
   rc = get(minor, 76, device); TORCH_CHECK(rc == 0, "cudaDeviceGetAttribute: error ", rc))
