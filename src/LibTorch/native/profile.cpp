// Where the processor time of a thread goes, by operator: each one's own time, without the operators that it calls. Processor time,
// because what else runs on the machine disturbs it less.
#include "shim.h"

#include <ATen/record_function.h>
#include <c10/core/GradMode.h>

#include <ctime>
#include <map>
#include <string>

namespace {

double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// In the order of OperatorPhase.
enum Phase { recorded = 0, backward = 1, plain = 2 };

struct Frame {
  double begin;
  Phase phase;
  double inner = 0;
};

struct Entry {
  int64_t calls = 0;
  double seconds = 0;
};

struct Profile {
  std::vector<Frame> open;
  std::map<std::pair<int, std::string>, Entry> done;
  std::string text;
};

thread_local Profile profile;
thread_local at::CallbackHandle handle = 0;

void open(bool in_backward) {
  auto outer = profile.open.size() <= 1 ? (c10::GradMode::is_enabled() ? recorded : plain) : profile.open.back().phase;
  profile.open.push_back({now(), in_backward ? backward : outer});
}

void close(const std::string& name) {
  auto frame = profile.open.back();
  profile.open.pop_back();
  auto whole = now() - frame.begin;
  auto& entry = profile.done[{frame.phase, name}];
  entry.calls++;
  entry.seconds += whole - frame.inner;
  if (!profile.open.empty()) {
    profile.open.back().inner += whole;
  }
}

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& function) {
  open(function.scope() == at::RecordScope::BACKWARD_FUNCTION);
  return nullptr;
}

void end(const at::RecordFunction& function, at::ObserverContext*) { close(function.name()); }

}  // namespace

DO(profile_begin, (), {
  profile = {};
  open(false);
  handle = at::addThreadLocalCallback(at::RecordFunctionCallback(begin, end).scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
})

// A line an operator: phase, name, calls, seconds; tabs between. Good until the thread profiles again.
API const char* ts_profile_end() {
  run([&] {
    at::removeCallback(handle);
    close("between operators");
    for (const auto& [key, entry] : profile.done) {
      profile.text += std::to_string(key.first) + '\t' + key.second + '\t' + std::to_string(entry.calls) + '\t' + std::to_string(entry.seconds) + '\n';
    }
  });
  return profile.text.c_str();
}
