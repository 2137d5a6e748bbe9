// What every file of the shim is written with. One operator is one line:
//     OP(relu, (T x), at::relu(*x))        a new tensor, or null and the fault kept for the caller to fetch
//     DO(zero_, (T x), x->zero_())         0, or 1 and the fault
// No C++ exception may reach C#: it would end the process.
#pragma once
#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstring>
#include <memory>
#include <vector>

#define TORCH_AT_LEAST(major, minor) (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))
#define API extern "C" __attribute__((visibility("default")))
#define OP(name, parameters, expression) API T ts_##name parameters { return make([&]() -> at::Tensor { return expression; }); }
#define DO(name, parameters, statement) API int ts_##name parameters { return run([&] { statement; }); }

#if TORCH_AT_LEAST(2, 4)
template <class V> using Optional = std::optional<V>;
#else
template <class V> using Optional = c10::optional<V>;
#endif

using T = at::Tensor*;

// Keeps what is being thrown, for ts_fault of this thread.
void keep_fault() noexcept;

template <class F> T make(F&& body) noexcept {
  try {
    return new at::Tensor(body());
  } catch (...) {
    keep_fault();
    return nullptr;
  }
}

template <class F> int run(F&& body) noexcept {
  try {
    body();
    return 0;
  } catch (...) {
    keep_fault();
    return 1;
  }
}

// Two results through out-parameters: both are set, or both are null and the fault is kept.
template <class F> void make_two(T* first, T* second, F&& body) noexcept {
  *first = *second = nullptr;
  run([&] {
    auto [a, b] = body();
    auto one = std::make_unique<at::Tensor>(a);
    *second = new at::Tensor(b);
    *first = one.release();
  });
}

// Many results: an array that the caller gives back with ts_list_free.
template <class F> T* make_list(int* count, F&& body) noexcept {
  T* list = nullptr;
  run([&] {
    std::vector<at::Tensor> all = body();
    list = new T[all.size()];
    for (size_t i = 0; i < all.size(); i++) {
      list[i] = new at::Tensor(std::move(all[i]));
    }
    *count = static_cast<int>(all.size());
  });
  return list;
}

// As in Scalar.cs: a number and what kind of number it is.
struct Number {
  int64_t bits;
  int64_t kind;  // 0 none, 1 whole, 2 real, 3 truth

  double real() const { double value; std::memcpy(&value, &bits, sizeof value); return value; }
  at::Scalar get() const { return kind == 2 ? at::Scalar(real()) : kind == 3 ? at::Scalar(bits != 0) : at::Scalar(bits); }
  Optional<at::Scalar> maybe() const { return kind == 0 ? Optional<at::Scalar>() : Optional<at::Scalar>(get()); }
};

// As in TensorOptions.cs; -1 means "as libtorch chooses".
struct Options {
  int8_t dtype;
  int8_t device_type;
  int8_t device_index;
  int8_t requires_grad;

  at::TensorOptions get() const {
    at::TensorOptions options;
    if (dtype >= 0) {
      options = options.dtype(static_cast<at::ScalarType>(dtype));
    }
    if (device_type >= 0) {
      options = options.device(c10::Device(static_cast<c10::DeviceType>(device_type), device_index));
    }
    return options;
  }
  at::Tensor finish(at::Tensor made) const { return requires_grad ? made.set_requires_grad(true) : made; }
};

// A run of dimensions or sizes.
struct Longs {
  const int64_t* data;
  int64_t count;

  operator at::IntArrayRef() const { return at::IntArrayRef(data, count); }
};

// A run of tensors.
struct Tensors {
  const T* data;
  int64_t count;

  std::vector<at::Tensor> get() const {
    std::vector<at::Tensor> all;
    all.reserve(count);
    for (int64_t i = 0; i < count; i++) {
      all.push_back(*data[i]);
    }
    return all;
  }
};

inline Optional<at::Tensor> maybe(T t) { return t == nullptr ? Optional<at::Tensor>() : Optional<at::Tensor>(*t); }
inline at::Tensor or_undefined(T t) { return t == nullptr ? at::Tensor() : *t; }
inline Optional<at::ScalarType> maybe_type(int8_t dtype) {
  return dtype < 0 ? Optional<at::ScalarType>() : Optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}
inline Optional<int64_t> maybe_long(bool has, int64_t value) { return has ? Optional<int64_t>(value) : Optional<int64_t>(); }
inline Optional<at::Generator> maybe_generator(at::Generator* g) { return g == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*g); }
