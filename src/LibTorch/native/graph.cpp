// Work of a GPU that is recorded once and launched as a whole. Needs CUDA's own headers; built without them, asking for a recording says so.
#include "shim.h"

#ifdef TORCHSHIM_CUDA

#include <ATen/core/CachingHostAllocator.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAGuard.h>

#include <map>
#include <mutex>

namespace {

// One stream a device for all recordings, so that cuBLAS keeps one workspace for them; of the urgent pool, from which nobody takes streams for copies.
c10::cuda::CUDAStream recording_stream(c10::DeviceIndex device) {
  static std::mutex gate;
  static std::map<c10::DeviceIndex, c10::cuda::CUDAStream> streams;
  std::lock_guard<std::mutex> lock(gate);
  auto found = streams.find(device);
  return found != streams.end() ? found->second : streams.emplace(device, c10::cuda::getStreamFromPool(true, device)).first->second;
}

// Pinned memory has pools of its own where libtorch is new enough.
template <class A> auto end_pinned(A* host, at::cuda::MempoolId_t pool, int) -> decltype(host->end_allocate_to_pool(pool)) {
  host->end_allocate_to_pool(pool);
  host->release_pool(pool);
}
template <class A> void end_pinned(A*, at::cuda::MempoolId_t, long) {}

// What a fault within a recording leaves to be undone is undone as far as it was done.
template <class F> void attempt(F&& undo) noexcept {
  try {
    undo();
  } catch (const std::exception&) {
  }
}

class Graph {
 public:
  explicit Graph(c10::DeviceIndex device) : device(device), pool(at::cuda::graph_pool_handle()) {
    guard.emplace(recording_stream(device));
    try {
      // Of this thread alone: others may go on allocating.
      graph.capture_begin(pool, cudaStreamCaptureModeThreadLocal);
    } catch (...) {
      let_go();
      throw;
    }
  }

  void end() {
    try {
      graph.capture_end();
    } catch (...) {
      let_go();
      throw;
    }
    guard.reset();
  }

  // Ends a recording in which something went wrong; true when CUDA itself had refused to record.
  bool abandon() {
    auto refused = c10::cuda::currentStreamCaptureStatusMayInitCtx() == c10::cuda::CaptureStatus::Invalidated;
    attempt([&] { end(); });
    return refused;
  }

  void replay() { graph.replay(); }

 private:
  // What capture_end leaves behind where CUDA has given the recording up.
  void let_go() {
    attempt([&] { c10::cuda::CUDACachingAllocator::endAllocateToPool(device, pool); });
    attempt([&] { end_pinned(at::getHostAllocator(at::kCUDA), pool, 0); });
    if (!owns_pool()) {
      attempt([&] { c10::cuda::CUDACachingAllocator::releasePool(device, pool); });
    }
    guard.reset();
  }

  // A graph that has come to its end gives its pool back by itself.
  bool owns_pool() {
    try {
      return graph.pool() == pool;
    } catch (const c10::Error&) {
      return false;
    }
  }

  c10::DeviceIndex device;
  at::cuda::MempoolId_t pool;
  at::cuda::CUDAGraph graph;
  Optional<c10::cuda::CUDAStreamGuard> guard;  // while it is recorded
};

}  // namespace

API bool ts_graph_is_built() { return true; }
API void* ts_graph_begin(int device) {
  Graph* graph = nullptr;
  run([&] { graph = new Graph(static_cast<c10::DeviceIndex>(device)); });
  return graph;
}
DO(graph_end, (void* graph), static_cast<Graph*>(graph)->end())
DO(graph_abandon, (void* graph, bool* refused), *refused = static_cast<Graph*>(graph)->abandon())
DO(graph_replay, (void* graph), static_cast<Graph*>(graph)->replay())
API void ts_graph_free(void* graph) { delete static_cast<Graph*>(graph); }

#else

namespace {

[[noreturn]] void refuse() {
  TORCH_CHECK(false, "CUDA graphs are not built in: CUDA's headers (cuda_runtime_api.h) were not found beside libtorch. Set CUDA_HOME to a folder whose 'include' has them and build again.");
}

}  // namespace

API bool ts_graph_is_built() { return false; }
API void* ts_graph_begin(int) {
  run([] { refuse(); });
  return nullptr;
}
DO(graph_end, (void*), refuse())
DO(graph_abandon, (void*, bool*), refuse())
DO(graph_replay, (void*), refuse())
API void ts_graph_free(void*) {}

#endif
