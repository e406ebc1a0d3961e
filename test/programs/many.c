/*
 * many: a process with N mappings more than a process has anyway.
 *
 *     cc -O1 -Wall -Wextra -o many many.c
 *     many N
 *
 * The mappings are one page each and lie side by side; neighbours differ in
 * protection, so the kernel cannot merge them.  One in four is written to, and
 * so has a resident, dirty page.  Prints "ready" and waits until its standard
 * input ends.
 *
 * Exit status: 0; 1 wrong usage or failure; 2 vm.max_map_count is too low.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What the program, the C library and the kernel map themselves, generously. */
#define OWN_MAPPINGS 64

/* The kernel's limit of mappings per process; 0 if it cannot be read. */
static long mapping_limit(void)
{
	FILE *file = fopen("/proc/sys/vm/max_map_count", "r");
	long limit = 0;

	if (file) {
		if (fscanf(file, "%ld", &limit) != 1)
			limit = 0;
		fclose(file);
	}
	return limit;
}

static void limit_too_low(long wanted, long limit)
{
	fprintf(stderr,
		"many: %ld mappings need vm.max_map_count of %ld or more (it is %ld): "
		"sysctl -w vm.max_map_count=%ld\n",
		wanted, wanted + OWN_MAPPINGS, limit, wanted + OWN_MAPPINGS);
	exit(2);
}

int main(int argc, char **argv)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	long limit = mapping_limit();
	char buffer[256];
	char *end, *area;
	long count;

	errno = 0;
	count = argc == 2 ? strtol(argv[1], &end, 10) : 0;
	if (count < 1 || *end || errno || count > 100L * 1000 * 1000) {
		fprintf(stderr, "usage: many NUMBER_OF_MAPPINGS\n");
		return 1;
	}
	if (limit > 0 && count > limit - OWN_MAPPINGS)
		limit_too_low(count, limit);

	/* A page without access on either side keeps the area from merging with
	 * what happens to be next to it; the two are mappings of their own. */
	area = mmap(NULL, ((size_t)count + 2) * page, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (area == MAP_FAILED) {
		fprintf(stderr, "many: mmap: %s\n", strerror(errno));
		return 1;
	}
	for (long i = 0; i < count; i++) {
		char *at = area + ((size_t)i + 1) * page;
		int writable = i % 2;

		if (mprotect(at, page, writable ? PROT_READ | PROT_WRITE : PROT_READ) < 0) {
			if (errno == ENOMEM)
				limit_too_low(count, limit);
			fprintf(stderr, "many: mprotect: %s\n", strerror(errno));
			return 1;
		}
		if (i % 4 == 3)
			*at = 'm';
	}

	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, buffer, sizeof buffer) > 0)
		;
	return 0;
}
