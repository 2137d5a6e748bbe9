// Queues of work on a device, marks in them, memory that a device reads by itself, and what the device's allocator holds. Through
// libtorch's own guards and allocators, whatever the device: no header of CUDA's is needed. The CPU has no streams; it never comes here.
#include "shim.h"

#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#if TORCH_AT_LEAST(2, 9)
#include <c10/core/CachingDeviceAllocator.h>
#endif

#include <chrono>
#include <thread>

namespace {

// An index of -1 is the current device.
c10::Device device_of(int8_t type, int8_t index) {
  auto kind = static_cast<c10::DeviceType>(type);
  return index >= 0 ? c10::Device(kind, index) : c10::impl::VirtualGuardImpl(kind).getDevice();
}

template <class R, class F> R* made(F&& body) noexcept {
  R* result = nullptr;
  run([&] { result = body(); });
  return result;
}

}  // namespace

API c10::Stream* ts_stream_new(int8_t type, int8_t index) {
  return made<c10::Stream>([&] {
    auto device = device_of(type, index);
    return new c10::Stream(c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device, false));
  });
}
API c10::Stream* ts_stream_current(int8_t type, int8_t index) {
  return made<c10::Stream>([&] {
    auto device = device_of(type, index);
    return new c10::Stream(c10::impl::VirtualGuardImpl(device.type()).getStream(device));
  });
}
API void ts_stream_free(c10::Stream* stream) { delete stream; }
API c10::StreamGuard* ts_stream_enter(c10::Stream* stream) {
  return made<c10::StreamGuard>([&] { return new c10::StreamGuard(*stream); });
}
API void ts_stream_leave(c10::StreamGuard* guard) { delete guard; }
DO(stream_synchronize, (c10::Stream* stream), stream->synchronize())

API c10::Event* ts_event_new(int8_t type) {
  return made<c10::Event>([&] { return new c10::Event(static_cast<c10::DeviceType>(type)); });
}
API void ts_event_free(c10::Event* event) { delete event; }
DO(event_record, (c10::Event* event, c10::Stream* stream), event->record(*stream))
DO(event_block, (c10::Event* event, c10::Stream* stream), event->block(*stream))
DO(event_query, (c10::Event* event, bool* done), *done = event->query())
API int ts_event_synchronize(c10::Event* event) {
  return run([&] {
#if TORCH_AT_LEAST(2, 5)
    event->synchronize();
#else
    while (!event->query()) {
      std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
#endif
  });
}

OP(empty_pinned, (Longs size, Options o), at::empty(size, o.get().pinned_memory(true)))

#if TORCH_AT_LEAST(2, 9)
DO(device_use, (int8_t type, int8_t index, int64_t* allocated, int64_t* reserved, int64_t* peak), *allocated = *reserved = *peak = 0;
   auto device = device_of(type, index); auto* allocator = c10::getDeviceAllocator(device.type());
   if (allocator->initialized()) {
     auto stats = allocator->getDeviceStats(device.index());
     *allocated = stats.allocated_bytes[0].current;
     *reserved = stats.reserved_bytes[0].current;
     *peak = stats.allocated_bytes[0].peak;
   })
DO(device_reset_peak, (int8_t type, int8_t index), auto device = device_of(type, index); auto* allocator = c10::getDeviceAllocator(device.type());
   if (allocator->initialized()) { allocator->resetPeakStats(device.index()); })
DO(empty_cache, (int8_t type), auto* allocator = c10::getDeviceAllocator(static_cast<c10::DeviceType>(type)); if (allocator->initialized()) { allocator->emptyCache(); })
#else
// Older ones say this only through CUDA's headers. Their allocator empties its cache by itself before it gives up.
DO(device_use, (int8_t, int8_t, int64_t* allocated, int64_t* reserved, int64_t* peak), *allocated = *reserved = *peak = -1)
DO(device_reset_peak, (int8_t, int8_t), )
DO(empty_cache, (int8_t), )
#endif
