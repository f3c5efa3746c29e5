#include "capi/endpoint_process.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kReadyMs = 60000, kAnswerSeconds = 30 };

const char* const endpoint_addresses[ADDRESS_COUNT] = {"127.0.0.2", "127.0.0.3", "127.0.0.4"};

/* The number behind `"name":` in `json`, or -1. */
static long number_of(const char* json, const char* name) {
  char key[32];
  (void)snprintf(key, sizeof key, "\"%s\":", name);
  const char* found = strstr(json, key);
  return found != NULL ? strtol(found + strlen(key), NULL, 10) : -1;
}

/* The text behind `"name":"` in `json`, as far as the next quote. */
static void text_of(const char* json, const char* name, char* value, size_t size) {
  char key[32];
  (void)snprintf(key, sizeof key, "\"%s\":\"", name);
  const char* found = strstr(json, key);
  value[0] = '\0';
  if (found == NULL) return;
  found += strlen(key);
  const size_t length = strcspn(found, "\"");
  if (length < size) {
    memcpy(value, found, length);
    value[length] = '\0';
  }
}

/* Only what may be called between fork() and exec(). */
static void run_child(const char* program, char* const* arguments, const int* in, const int* out) {
  (void)dup2(in[0], STDIN_FILENO);
  (void)dup2(out[1], STDOUT_FILENO);
  (void)close(in[0]);
  (void)close(in[1]);
  (void)close(out[0]);
  (void)close(out[1]);
  (void)execv(program, arguments);
  _exit(127);
}

/* One line, or as much as came before the end or the time was up. */
static void read_line(int descriptor, char* line, size_t size) {
  size_t length = 0;
  while (length + 1 < size) {
    struct pollfd entry = {descriptor, POLLIN, 0};
    if (poll(&entry, 1, kReadyMs) != 1 || read(descriptor, line + length, 1) != 1) break;
    if (line[length] == '\n') break;
    ++length;
  }
  line[length] = '\0';
}

static pid_t spawn(endpoint_process* endpoint, const char* program, int* output) {
  char* arguments[] = {(char*)program,
                       "--address",
                       (char*)endpoint_addresses[0],
                       "--address",
                       (char*)endpoint_addresses[1],
                       "--address",
                       (char*)endpoint_addresses[2],
                       "--user",
                       endpoint->user,
                       "--password",
                       endpoint->password,
                       "--ca-directory",
                       endpoint->folder,
                       "--seconds",
                       "300",
                       NULL};
  int in[2];
  int out[2];
  if (pipe(in) != 0 || pipe(out) != 0) return -1;
  const pid_t pid = fork();
  if (pid == 0) run_child(program, arguments, in, out);
  (void)close(in[0]);
  (void)close(out[1]);
  endpoint->input = in[1];
  *output = out[0];
  return pid;
}

int endpoint_start(endpoint_process* endpoint, const char* program) {
  struct timeval now;
  (void)gettimeofday(&now, NULL);
  memset(endpoint, 0, sizeof *endpoint);
  (void)snprintf(endpoint->user, sizeof endpoint->user, "tester");
  (void)snprintf(endpoint->password, sizeof endpoint->password, "%ld-%ld", (long)getpid(),
                 (long)now.tv_usec);
  (void)snprintf(endpoint->folder, sizeof endpoint->folder, "/tmp/wsman-test-XXXXXX");
  if (mkdtemp(endpoint->folder) == NULL) return -1;
  int output = -1;
  endpoint->pid = spawn(endpoint, program, &output);
  if (endpoint->pid < 0) return -1;
  char line[512];
  read_line(output, line, sizeof line);
  (void)close(output);
  endpoint->http = (int)number_of(line, "http");
  endpoint->https = (int)number_of(line, "https");
  endpoint->control = (int)number_of(line, "control");
  text_of(line, "caFile", endpoint->ca_file, sizeof endpoint->ca_file);
  return endpoint->http > 0 && endpoint->https > 0 && endpoint->control > 0 ? 0 : -1;
}

void endpoint_stop(endpoint_process* endpoint) {
  char command_path[300];
  if (endpoint->pid > 0) {
    (void)close(endpoint->input);
    (void)kill(endpoint->pid, SIGTERM);
    (void)waitpid(endpoint->pid, NULL, 0);
  }
  static const char* const names[] = {"ca.pem", "ca-key.pem", "client.json", "broken.json",
                                      "ca.lock"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    (void)snprintf(command_path, sizeof command_path, "%s/%s", endpoint->folder, names[i]);
    (void)unlink(command_path);
  }
  (void)rmdir(endpoint->folder);
}

/* Asks the control port; the answer with its head, NUL-terminated. */
static void ask(const endpoint_process* endpoint, const char* target, char* answer, size_t size) {
  struct sockaddr_in address;
  const struct timeval patience = {kAnswerSeconds, 0};
  char request[256];
  size_t length = 0;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)endpoint->control);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  (void)setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  (void)snprintf(request, sizeof request,
                 "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", target);
  if (connect(connection, (const struct sockaddr*)&address, sizeof address) == 0 &&
      send(connection, request, strlen(request), 0) == (ssize_t)strlen(request)) {
    ssize_t octets = 1;
    while (octets > 0 && length + 1 < size) {
      octets = recv(connection, answer + length, size - length - 1, 0);
      if (octets > 0) length += (size_t)octets;
    }
  }
  answer[length] = '\0';
  (void)close(connection);
}

endpoint_counts endpoint_ask(const endpoint_process* endpoint) {
  char answer[4096];
  ask(endpoint, "/counts", answer, sizeof answer);
  const endpoint_counts counts = {number_of(answer, "connections"), number_of(answer, "accepted"),
                                  number_of(answer, "requests")};
  return counts;
}

long endpoint_await(const endpoint_process* endpoint, long connections) {
  char target[64];
  char answer[4096];
  (void)snprintf(target, sizeof target, "/counts?connections=%ld&wait=2000", connections);
  ask(endpoint, target, answer, sizeof answer);
  return number_of(answer, "connections");
}
