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

static inline double now_seconds(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
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

/* The one line that the driver reads. */
static inline void report(double seconds, long count, long kib) {
  (void)printf("rate %.2f kib %ld\n", (double)count / seconds, kib);
}

#endif /* WSMAN_BENCH_OPTIONS_H_ */
