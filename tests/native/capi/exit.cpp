// OpenSSL frees all it has in an exit handler, which the library keeps from running: threads that
// were left behind, and those of .NET, use it while the process exits. The exit code is 1 if the
// handler ran. A program of its own, because it begins with an OpenSSL that nobody has used.
#include <dlfcn.h>
#include <unistd.h>

#include <cstring>
#include <initializer_list>

#include "wsman/wsman.h"

namespace {

using AtExit = int(void (*)());

void fail() { _exit(1); }

// Of the OpenSSL that the library uses, linked or found when it ran.
AtExit* openssl_atexit() {
  void* found = dlsym(RTLD_DEFAULT, "OPENSSL_atexit");
  for (const char* name : {"libcrypto.so.3", "libcrypto.so.1.1"}) {
    void* const library = found == nullptr ? dlopen(name, RTLD_NOW | RTLD_NOLOAD) : nullptr;
    if (library != nullptr) found = dlsym(library, "OPENSSL_atexit");
  }
  return reinterpret_cast<AtExit*>(found);
}

}  // namespace

int main() {
  char* answer = nullptr;
  wsman_registry* registry = nullptr;
  if (wsman_registry_new(&answer, &registry, "/nonexistent/client.json") != WSMAN_OK) return 2;
  wsman_string_free(answer);
  // Nothing listens there, and nothing is encrypted.
  const char* const request =
      R"({"computerName":"127.0.0.1","port":9,"authentication":"None","useSsl":false})";
  (void)wsman_connect(&answer, registry, 1, request, nullptr);
  if (answer == nullptr || std::strstr(answer, "\"CannotConnect\"") == nullptr) return 2;
  wsman_string_free(answer);
  wsman_registry_free(registry);
  AtExit* const at_exit = openssl_atexit();
  return at_exit != nullptr && at_exit(fail) == 1 ? 0 : 2;
}
