/*
 * Memory of known kinds: 32 MiB that was used and given back, 16 MiB of anonymous memory of which 8 MiB
 * are freed lazily, and 4 MiB of shared memory. Prints "ready" and waits.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MIB (1024ul * 1024)

static char *area(size_t bytes, int flags) {
  char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) exit(1);
  madvise(at, bytes, MADV_NOHUGEPAGE);
  memset(at, 1, bytes);
  return at;
}

int main(void) {
  munmap(area(32 * MIB, MAP_PRIVATE), 32 * MIB);
  char *anonymous = area(16 * MIB, MAP_PRIVATE);
  if (madvise(anonymous, 8 * MIB, MADV_FREE) != 0) return 1;
  area(4 * MIB, MAP_SHARED);
  puts("ready");
  fflush(stdout);
  for (;;) pause();
}
