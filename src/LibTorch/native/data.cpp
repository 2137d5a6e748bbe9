// Memory that comes from, and goes to, the other side.
#include "shim.h"

// Zero-copy: `release(context)` runs when the last tensor on this memory is gone.
OP(from_memory, (void* data, Longs size, Options options, void (*release)(void*), void* context),
   at::from_blob(data, size, [release, context](void*) { release(context); }, options.get()))
// A copy of what lies at `data` in its own type, then in the wanted type and place.
OP(from_copy, (const void* data, Longs size, int8_t dtype, Options options),
   options.finish(at::from_blob(const_cast<void*>(data), size, at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))).to(options.get(), false, true)))

OP(to, (T t, Options options, bool non_blocking, bool copy), t->to(options.get(), non_blocking, copy))
OP(clone, (T t), t->clone())
OP(contiguous, (T t), t->contiguous())
OP(channels_last, (T t), t->contiguous(at::MemoryFormat::ChannelsLast))
OP(detach, (T t), t->detach())
OP(pin_memory, (T t), t->pin_memory())
DO(detach_, (T t), t->detach_())
DO(copy_, (T t, T source, bool non_blocking), t->copy_(*source, non_blocking))
DO(set_, (T t, T source), t->set_(*source))
DO(item_real, (T t, double* to), *to = t->item().toDouble())
DO(item_long, (T t, int64_t* to), *to = t->item().toLong())
