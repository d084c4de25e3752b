/* A program that does nothing but read edges of a GPIO line with libgpiod 1.6: edge_reader CHIP OFFSET COUNT.
 * It prints "ready", and after COUNT edges for each the nanoseconds since the kernel stamped it. */
#include <gpiod.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t nanoseconds(struct timespec time) { return time.tv_sec * INT64_C(1000000000) + time.tv_nsec; }

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const long count = atol(argv[3]);
  int64_t* delays = calloc((size_t)count, sizeof *delays);
  struct gpiod_chip* chip = gpiod_chip_open(argv[1]);
  struct gpiod_line* line = chip ? gpiod_chip_get_line(chip, (unsigned)atoi(argv[2])) : NULL;
  if (!delays || !line || gpiod_line_request_both_edges_events(line, "edge_reader")) {
    perror("edge_reader");
    return 1;
  }
  puts("ready");
  fflush(stdout);
  for (long i = 0; i < count; ++i) {
    struct gpiod_line_event event;
    struct timespec now;
    if (gpiod_line_event_read(line, &event)) return 1;
    clock_gettime(CLOCK_MONOTONIC, &now);
    delays[i] = nanoseconds(now) - nanoseconds(event.ts);
  }
  for (long i = 0; i < count; ++i) printf("%lld\n", (long long)delays[i]);
  gpiod_chip_close(chip);
  free(delays);
  return 0;
}
