// Gradients, and the modes of a thread: recording, inference, mixed precision.
#include "shim.h"

#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

API bool ts_requires_grad(T x) { return x->requires_grad(); }
API bool ts_is_leaf(T x) { return x->is_leaf(); }
API bool ts_has_grad(T x) { return x->grad().defined(); }
DO(requires_grad_, (T x, bool on), x->set_requires_grad(on))
DO(retain_grad, (T x), x->retain_grad())
OP(grad, (T x), x->grad())
DO(set_grad, (T x, T grad), x->mutable_grad() = or_undefined(grad))
DO(backward, (T x, T grad, bool retain, bool create), x->backward(or_undefined(grad), retain, create))

API T* ts_autograd_grad(Tensors outputs, Tensors inputs, Tensors seeds, bool retain, bool create, bool allow_unused, int* count) {
  return make_list(count, [&] { return torch::autograd::grad(outputs.get(), inputs.get(), seeds.get(), retain, create, allow_unused); });
}
API bool ts_is_defined(T x) { return x->defined(); }

API bool ts_grad_enabled() { return c10::GradMode::is_enabled(); }
API void ts_set_grad_enabled(bool on) { c10::GradMode::set_enabled(on); }
API bool ts_inference_enabled() { return c10::InferenceMode::is_enabled(); }
API void* ts_inference_enter(bool on) {
  c10::InferenceMode* guard = nullptr;
  run([&] { guard = new c10::InferenceMode(on); });
  return guard;
}
API void ts_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// Mixed precision on this thread: -1 switches it off. Returns what was set before, in the same coding.
API int ts_autocast(int8_t device_type, int dtype) {
  auto on = dtype >= 0;
#if TORCH_AT_LEAST(2, 4)
  auto device = static_cast<c10::DeviceType>(device_type);
  int before = at::autocast::is_autocast_enabled(device) ? static_cast<int>(at::autocast::get_autocast_dtype(device)) : -1;
  at::autocast::set_autocast_enabled(device, on);
  if (on) {
    at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(dtype));
  }
#else
  auto cpu = device_type == static_cast<int8_t>(c10::DeviceType::CPU);
  auto enabled = cpu ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
  int before = !enabled ? -1 : static_cast<int>(cpu ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype());
  cpu ? at::autocast::set_cpu_enabled(on) : at::autocast::set_enabled(on);
  if (on) {
    cpu ? at::autocast::set_autocast_cpu_dtype(static_cast<at::ScalarType>(dtype)) : at::autocast::set_autocast_gpu_dtype(static_cast<at::ScalarType>(dtype));
  }
#endif
  return before;
}
API void ts_autocast_enter() { at::autocast::increment_nesting(); }
API void ts_autocast_leave() {
  if (at::autocast::decrement_nesting() == 0) {
    at::autocast::clear_cache();
  }
}
