// Faults, lifetime, what a tensor says about itself, version and threads.
#include "shim.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/util/Logging.h>

#include <new>
#include <string>

namespace {

enum Kind { plain = 0, out_of_memory = 1 };

struct Fault {
  std::string text;
  int kind = plain;
};

thread_local Fault fault;

void keep(const char* text, int kind) noexcept {
  try {
    fault.text = text;
    fault.kind = kind;
  } catch (...) {
    fault.text.clear();
    fault.kind = out_of_memory;
  }
}

// The CPU allocator has no type of its own for running out.
int kind_of(const std::string& text) {
  return text.find("can't allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos ? out_of_memory : plain;
}

}  // namespace

void keep_fault() noexcept {
  try {
    throw;
  } catch (const c10::Error& e) {
    keep(e.what_without_backtrace(), kind_of(e.what_without_backtrace()));
  } catch (const std::bad_alloc& e) {
    keep(e.what(), out_of_memory);
  } catch (const std::exception& e) {
    keep(e.what(), plain);
  } catch (...) {
    keep("an unknown C++ exception", plain);
  }
}

API const char* ts_fault(int* kind) {
  *kind = fault.kind;
  return fault.text.c_str();
}

API int ts_start(int threads) {
  return run([&] {
#if !TORCH_AT_LEAST(2, 2)
    // Building a backtrace that nobody reads would make every fault take milliseconds.
    c10::SetStackTraceFetcher([]() -> std::string { return ""; });
#endif
    at::set_num_threads(threads);
  });
}

API const char* ts_version() { return TORCH_VERSION; }
API const char* ts_build() {
  static const std::string text = at::show_config() + "\n" + at::get_parallel_info();
  return text.c_str();
}
API int ts_get_num_threads() { return at::get_num_threads(); }
API int ts_get_num_interop_threads() { return at::get_num_interop_threads(); }
DO(set_num_threads, (int count), at::set_num_threads(count))
DO(set_num_interop_threads, (int count), at::set_num_interop_threads(count))
namespace {
// In the order of Float32MatmulPrecision; libtorch's own enumeration moves between versions, its words do not.
const char* const precisions[] = {"highest", "high", "medium"};
}  // namespace
DO(set_matmul_precision, (int precision), at::globalContext().setFloat32MatmulPrecision(precisions[precision]))
API int ts_get_matmul_precision() { return static_cast<int>(at::globalContext().float32MatmulPrecision()); }

API void ts_free(T t) { delete t; }
API void ts_list_free(T* list) { delete[] list; }
OP(alias, (T t), *t)

API int64_t ts_dim(T t) { return t->dim(); }
API int64_t ts_numel(T t) { return t->numel(); }
API int64_t ts_element_size(T t) { return static_cast<int64_t>(t->element_size()); }
API int8_t ts_dtype(T t) { return static_cast<int8_t>(t->scalar_type()); }
API int8_t ts_device_type(T t) { return static_cast<int8_t>(t->device().type()); }
API int8_t ts_device_index(T t) { return t->device().index(); }
API int64_t ts_storage_offset(T t) { return t->storage_offset(); }
API bool ts_is_contiguous(T t) { return t->is_contiguous(); }
API bool ts_same_storage(T a, T b) { return a->is_alias_of(*b); }
API void ts_sizes(T t, int64_t* to) { std::copy_n(t->sizes().data(), t->dim(), to); }
API void ts_strides(T t, int64_t* to) { std::copy_n(t->strides().data(), t->dim(), to); }
DO(size, (T t, int64_t dim, int64_t* to), *to = t->size(dim))
DO(stride, (T t, int64_t dim, int64_t* to), *to = t->stride(dim))
DO(data_ptr, (T t, void** to), *to = t->data_ptr())
