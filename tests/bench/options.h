/* The command line that both programs share: MODE COUNT URL CA-FILE USER [SETTINGS]. The
 * password comes from BENCH_PASSWORD, because command lines are seen and printed. */
#ifndef WSMAN_BENCH_OPTIONS_H_
#define WSMAN_BENCH_OPTIONS_H_

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct options {
  const char* mode;
  long count;
  const char* url;
  const char* ca_file;
  const char* user; /* Empty: no authentication. */
  const char* password;
  const char* settings;
};

static inline struct options read_options(int count, char** words) {
  struct options options;
  if (count < 6) {
    (void)fprintf(stderr, "usage: %s MODE COUNT URL CA-FILE USER [SETTINGS]\n", words[0]);
    exit(2);
  }
  options.mode = words[1];
  options.count = strtol(words[2], NULL, 10);
  options.url = words[3];
  options.ca_file = words[4];
  options.user = words[5];
  const char* password = getenv("BENCH_PASSWORD");
  options.password = options.user[0] != '\0' && password != NULL ? password : "";
  options.settings = count > 6 ? words[6] : NULL;
  return options;
}

/* A moment: seconds on the clock, and of CPU time of this process, all its threads together. */
struct moment {
  double clock;
  double cpu;
};

static inline double seconds_of(clockid_t clock) {
  struct timespec now;
  (void)clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline struct moment now(void) {
  const struct moment now = {seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
  return now;
}

/* Resident memory of this process in KiB. */
static inline long resident_kib(void) {
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%*s %ld", &pages) != 1) pages = 0;
  (void)fclose(file);
  return pages * 4;
}

/* The one line that the driver reads: operations a second since `start`, the microseconds of CPU
 * time that each took, and kibibytes of memory. */
static inline void report(struct moment start, long count, long kib) {
  const struct moment end = now();
  (void)printf("rate %.2f cpu %.2f kib %ld\n", (double)count / (end.clock - start.clock),
               (end.cpu - start.cpu) * 1e6 / (double)count, kib);
}

#endif /* WSMAN_BENCH_OPTIONS_H_ */
