#include "failer.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <new>

extern "C" {
void* __libc_malloc(std::size_t size);                     // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t count, std::size_t size);  // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* block, std::size_t size);       // NOLINT(bugprone-reserved-identifier)
void* __libc_memalign(std::size_t alignment,
                      std::size_t size);  // NOLINT(bugprone-reserved-identifier)
void __libc_free(void* block);            // NOLINT(bugprone-reserved-identifier)
}

namespace wsman::torture {
namespace {

// Plain data, since malloc() needs it before anything is constructed.
std::atomic<bool> g_armed{false};
Kind g_kind = Kind::memory;
std::uint64_t g_number = 0;
std::atomic<std::uint64_t> g_allocations{0};
std::atomic<std::uint64_t> g_calls{0};
std::atomic<std::uint64_t> g_answered{0};
std::atomic<std::int64_t> g_held{0};
std::atomic<bool> g_running_out{false};
std::atomic<bool> g_fired{false};
Seen* g_seen = nullptr;

// Of the thread: whether it is not the library's now. Threads begin as the library's, because none
// but the library starts any.
thread_local bool t_outside = false;
// Of the thread: whether it is looking where it failed, or the C library makes a thread. What that
// takes is kept for the next thread, and its failure is that of pthread_create().
thread_local bool t_unwatched = false;
// Where a signal is handled that comes of a stack that is used up.
thread_local std::array<char, std::size_t{16} * 1024> t_second_stack;

bool is_watched() { return !t_outside && !t_unwatched; }

void look(Stack& stack) {
  stack.depth = backtrace(stack.frames.data(), static_cast<int>(stack.frames.size()));
}

void note_failure(const char* what) {
  if (g_fired.exchange(true)) return;
  t_unwatched = true;
  look(g_seen->where);
  g_seen->failed = what;
  t_unwatched = false;
}

void note_death(int /*signal*/) {
  t_unwatched = true;
  look(g_seen->death);
}

// With the signals that end a process by what it does itself. Each comes once more behind
// note_death(), and ends it then.
void await_death() {
  struct sigaction action {};
  action.sa_handler = note_death;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    (void)sigaction(signal, &action, nullptr);
}

void take_second_stack() {
  stack_t stack{};
  stack.ss_sp = t_second_stack.data();
  stack.ss_size = t_second_stack.size();
  (void)sigaltstack(&stack, nullptr);
}

struct Body {
  void* (*run)(void*);
  void* argument;
};

void* run_body(void* memory) {
  const Body body = *static_cast<Body*>(memory);
  __libc_free(memory);
  take_second_stack();
  return body.run(body.argument);
}

bool fails(std::atomic<std::uint64_t>& counter, bool wanted, const char* what) {
  if (!is_watched() || !g_armed.load(std::memory_order_relaxed)) return false;
  const std::uint64_t number = ++counter;
  if (!wanted || number != g_number) return false;
  note_failure(what);
  return true;
}

bool allocation_fails(const char* what) {
  if (fails(g_allocations, g_kind != Kind::call, what)) {
    if (g_kind == Kind::memory_run_out) g_running_out.store(true);
    return true;
  }
  return is_watched() && g_running_out.load(std::memory_order_relaxed);
}

bool call_fails(const char* what) { return fails(g_calls, g_kind == Kind::call, what); }

void* taken(void* block) {
  if (block != nullptr && is_watched()) g_held.fetch_add(1, std::memory_order_relaxed);
  return block;
}

void given_back(const void* block) {
  if (block != nullptr && is_watched()) g_held.fetch_sub(1, std::memory_order_relaxed);
}

// A failed allocation, as malloc() tells it.
void* no_block() {
  errno = ENOMEM;
  return nullptr;
}

// A failed call, as the system tells it.
int failed(int code) {
  errno = code;
  return -1;
}

// The function of the C library that comes behind ours.
template <typename Function>
Function behind(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

void stand_outside() { t_outside = true; }

Inside::Inside() { t_outside = false; }
Inside::~Inside() {
  t_outside = true;
  g_running_out.store(false);
}

void arm(const Plan& plan, Seen& seen) {
  g_seen = &seen;
  g_kind = plan.kind;
  g_number = plan.number;
  g_allocations.store(0);
  g_calls.store(0);
  g_answered.store(0);
  take_second_stack();
  // The first one loads what it needs, which is nothing for a handler of signals.
  look(seen.where);
  seen.where.depth = 0;
  await_death();
  g_armed.store(true);
}

void disarm() {
  g_armed.store(false);
  g_seen->allocations = g_allocations.load();
  g_seen->calls = g_calls.load();
  g_seen->answered = g_answered.load();
}

std::int64_t held_blocks() { return g_held.load(); }

}  // namespace wsman::torture

using namespace wsman::torture;

extern "C" {

#pragma GCC visibility push(default)

void* malloc(std::size_t size) {
  return allocation_fails("malloc") ? no_block() : taken(__libc_malloc(size));
}

void* calloc(std::size_t count, std::size_t size) {
  return allocation_fails("calloc") ? no_block() : taken(__libc_calloc(count, size));
}

void* realloc(void* block, std::size_t size) {
  if (size > 0 && allocation_fails("realloc")) return no_block();
  void* const moved = __libc_realloc(block, size);
  if (block == nullptr) return taken(moved);
  if (size == 0) given_back(block);
  return moved;
}

void* memalign(std::size_t alignment, std::size_t size) {
  return allocation_fails("memalign") ? no_block() : taken(__libc_memalign(alignment, size));
}

void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }

int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  void* const made = memalign(alignment, size);
  if (made == nullptr) return ENOMEM;
  *block = made;
  return 0;
}

void free(void* block) {
  given_back(block);
  __libc_free(block);
}

// One function of the system: how it fails, and with which errno. No type stands in parentheses.
//
// NOLINTBEGIN(bugprone-macro-parentheses)
#define WSMAN_FAILING(result, name, code, parameters, arguments)      \
  result name parameters {                                            \
    static const auto real = behind<result(*) parameters>(#name);     \
    return call_fails(#name) ? result(failed(code)) : real arguments; \
  }
// NOLINTEND(bugprone-macro-parentheses)

WSMAN_FAILING(int, socket, EMFILE, (int domain, int type, int protocol), (domain, type, protocol))
WSMAN_FAILING(int, connect, ECONNREFUSED, (int file, const sockaddr* address, socklen_t length),
              (file, address, length))
WSMAN_FAILING(int, setsockopt, EINVAL,
              (int file, int level, int name, const void* value, socklen_t length),
              (file, level, name, value, length))
WSMAN_FAILING(int, getsockopt, EINVAL,
              (int file, int level, int name, void* value, socklen_t* length),
              (file, level, name, value, length))
WSMAN_FAILING(int, getpeername, EINVAL, (int file, sockaddr* address, socklen_t* length),
              (file, address, length))
WSMAN_FAILING(int, shutdown, ENOTCONN, (int file, int how), (file, how))
WSMAN_FAILING(int, poll, ENOMEM, (pollfd * entries, nfds_t count, int timeout),
              (entries, count, timeout))
WSMAN_FAILING(int, eventfd, EMFILE, (unsigned count, int flags), (count, flags))
WSMAN_FAILING(ssize_t, writev, ENOSPC, (int file, const struct iovec* data, int count),
              (file, data, count))
WSMAN_FAILING(int, fsync, EIO, (int file), (file))
WSMAN_FAILING(int, fchmod, EPERM, (int file, mode_t mode), (file, mode))
WSMAN_FAILING(int, flock, ENOLCK, (int file, int operation), (file, operation))
WSMAN_FAILING(int, rename, ENOSPC, (const char* from, const char* to), (from, to))
WSMAN_FAILING(int, unlink, EACCES, (const char* path), (path))
WSMAN_FAILING(int, mkdir, EACCES, (const char* path, mode_t mode), (path, mode))
WSMAN_FAILING(int, stat, EACCES, (const char* path, struct stat* status), (path, status))
WSMAN_FAILING(int, fstat, EIO, (int file, struct stat* status), (file, status))
WSMAN_FAILING(int, mlock, ENOMEM, (const void* data, std::size_t size), (data, size))
WSMAN_FAILING(int, madvise, EINVAL, (void* data, std::size_t size, int advice),
              (data, size, advice))
WSMAN_FAILING(int, getentropy, ENOSYS, (void* data, std::size_t size), (data, size))
WSMAN_FAILING(ssize_t, getrandom, ENOSYS, (void* data, std::size_t size, unsigned flags),
              (data, size, flags))

#undef WSMAN_FAILING

// Those that tell a failure in another way, or take another number of arguments from call to call.

// What is no file does not fail so: an event takes and gives what it has.
bool is_file(int file) {
  static const auto real = behind<decltype(&fstat)>("fstat");
  struct stat status {};
  return real(file, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t read(int file, void* data, std::size_t size) {
  static const auto real = behind<decltype(&read)>("read");
  return is_file(file) && call_fails("read") ? failed(EIO) : real(file, data, size);
}

ssize_t write(int file, const void* data, std::size_t size) {
  static const auto real = behind<decltype(&write)>("write");
  return is_file(file) && call_fails("write") ? failed(ENOSPC) : real(file, data, size);
}

// A connection that fails is dead: the other end is told, and no later call finds it alive.
ssize_t dead(int file, int code) {
  static const auto real = behind<decltype(&shutdown)>("shutdown");
  (void)real(file, SHUT_RDWR);
  return failed(code);
}

ssize_t send(int file, const void* data, std::size_t size, int flags) {
  static const auto real = behind<decltype(&send)>("send");
  return call_fails("send") ? dead(file, EPIPE) : real(file, data, size, flags);
}

ssize_t recv(int file, void* data, std::size_t size, int flags) {
  static const auto real = behind<decltype(&recv)>("recv");
  if (call_fails("recv")) return dead(file, ECONNRESET);
  const ssize_t received = real(file, data, size, flags);
  std::uint64_t none = 0;
  if (received > 0) (void)g_answered.compare_exchange_strong(none, g_allocations.load());
  return received;
}

// Of code that is compiled with _FORTIFY_SOURCE, which knows the room that there is.
// NOLINTBEGIN(bugprone-reserved-identifier)
ssize_t __read_chk(int file, void* data, std::size_t size, std::size_t /*room*/) {
  return read(file, data, size);
}

ssize_t __recv_chk(int file, void* data, std::size_t size, std::size_t /*room*/, int flags) {
  return recv(file, data, size, flags);
}

int __poll_chk(pollfd* entries, nfds_t count, int timeout, std::size_t /*room*/) {
  return poll(entries, count, timeout);
}

int __open_2(const char* path, int flags) { return open(path, flags); }
// NOLINTEND(bugprone-reserved-identifier)

int fcntl(int file, int command, ...) {
  static const auto real = behind<int (*)(int, int, ...)>("fcntl");
  va_list rest;
  va_start(rest, command);
  void* const argument = va_arg(rest, void*);
  va_end(rest);
  return call_fails("fcntl") ? failed(EINVAL) : real(file, command, argument);
}

int open(const char* path, int flags, ...) {
  static const auto real = behind<int (*)(const char*, int, ...)>("open");
  va_list rest;
  va_start(rest, flags);
  const int mode = va_arg(rest, int);
  va_end(rest);
  return call_fails("open") ? failed(EMFILE) : real(path, flags, mode);
}

FILE* fopen(const char* path, const char* mode) {
  static const auto real = behind<FILE* (*)(const char*, const char*)>("fopen");
  if (!call_fails("fopen")) return real(path, mode);
  errno = EMFILE;
  return nullptr;
}

FILE* fopen64(const char* path, const char* mode) { return fopen(path, mode); }

void* mmap(void* wanted, std::size_t size, int protection, int flags, int file, off_t offset) {
  static const auto real = behind<void* (*)(void*, std::size_t, int, int, int, off_t)>("mmap");
  if (!call_fails("mmap")) return real(wanted, size, protection, flags, file, offset);
  errno = ENOMEM;
  return MAP_FAILED;
}

int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
  static const auto real = behind<decltype(&getaddrinfo)>("getaddrinfo");
  return call_fails("getaddrinfo") ? EAI_MEMORY : real(node, service, hints, result);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*body)(void*),
                   void* argument) {
  static const auto real = behind<decltype(&pthread_create)>("pthread_create");
  if (call_fails("pthread_create")) return EAGAIN;
  void* const memory = __libc_malloc(sizeof(Body));
  if (memory == nullptr) return EAGAIN;
  const bool before = t_unwatched;
  t_unwatched = true;
  const int code = real(thread, attributes, run_body, new (memory) Body{body, argument});
  t_unwatched = before;
  if (code != 0) __libc_free(memory);
  return code;
}

#pragma GCC visibility pop

}  // extern "C"
