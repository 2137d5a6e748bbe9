// Generators and what they draw.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>

#include <mutex>

using G = at::Generator*;

namespace {

// On the CPU a narrow type is what the same seed gives in fp32, rounded, on every version of libtorch.
template <class F> at::Tensor draw(const Options& o, F&& fill) {
  auto options = o.get();
  auto narrow = o.device_type <= 0 && (options.dtype() == at::kBFloat16 || options.dtype() == at::kHalf);
  auto drawn = narrow ? fill(options.dtype(at::kFloat)).to(options.dtype()) : fill(options);
  return o.finish(drawn);
}

}  // namespace

API G ts_generator_new(uint64_t seed, int8_t device_type, int8_t device_index) {
  G made = nullptr;
  run([&] {
    if (device_type == static_cast<int8_t>(c10::DeviceType::CPU)) {
      made = new at::Generator(at::detail::createCPUGenerator(seed));
    } else {
      auto device = c10::Device(static_cast<c10::DeviceType>(device_type), device_index);
      auto generator = at::globalContext().defaultGenerator(device).clone();
      generator.set_current_seed(seed);
      made = new at::Generator(std::move(generator));
    }
  });
  return made;
}
API G ts_generator_default() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }
API void ts_generator_free(G g) { delete g; }
API uint64_t ts_generator_current_seed(G g) {
  std::lock_guard<std::mutex> lock(g->mutex());
  return g->current_seed();
}
DO(generator_seed, (G g, uint64_t* to), std::lock_guard<std::mutex> lock(g->mutex()); *to = g->seed())
DO(generator_set_seed, (G g, uint64_t seed), std::lock_guard<std::mutex> lock(g->mutex()); g->set_current_seed(seed))
OP(generator_get_state, (G g), g->get_state())
DO(generator_set_state, (G g, T state), std::lock_guard<std::mutex> lock(g->mutex()); g->set_state(*state))
DO(manual_seed, (uint64_t seed), at::manual_seed(seed))

OP(randn, (Longs size, G g, Options o), draw(o, [&](at::TensorOptions options) { return at::randn(size, maybe_generator(g), options); }))
OP(rand, (Longs size, G g, Options o), draw(o, [&](at::TensorOptions options) { return at::rand(size, maybe_generator(g), options); }))
OP(randint, (int64_t low, int64_t high, Longs size, G g, Options o), o.finish(at::randint(low, high, size, maybe_generator(g), o.get())))
OP(randperm, (int64_t n, G g, Options o), at::randperm(n, maybe_generator(g), o.get()))
OP(rand_like, (T t, Options o), o.finish(at::rand_like(*t, o.get())))
OP(randn_like, (T t, Options o), o.finish(at::randn_like(*t, o.get())))
OP(multinomial, (T t, int64_t count, bool replacement, G g), at::multinomial(*t, count, replacement, maybe_generator(g)))
OP(bernoulli, (T t, G g), at::bernoulli(*t, maybe_generator(g)))
DO(bernoulli_, (T t, double p, G g), t->bernoulli_(p, maybe_generator(g)))
DO(normal_, (T t, double mean, double deviation, G g), t->normal_(mean, deviation, maybe_generator(g)))
DO(uniform_, (T t, double from, double to, G g), t->uniform_(from, to, maybe_generator(g)))
DO(exponential_, (T t, double lambda, G g), t->exponential_(lambda, maybe_generator(g)))
