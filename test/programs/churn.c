/*
 * churn: a process whose memory map never stands still.
 *
 *     cc -O1 -Wall -Wextra -o churn churn.c
 *     churn
 *
 * Maps and unmaps as fast as it can, in pieces of many sizes and protections,
 * so that a reader of /proc/PID/maps or smaps sees mappings appear, vanish,
 * grow, merge and split between two of its reads.  Prints "ready" when the map
 * is at its usual size, and goes on until its standard input ends.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SLOTS 512		/* at most this many pieces at a time */
#define LARGEST 16		/* pages in a piece */
#define CHECK_EVERY 1024	/* steps between two looks at standard input */

static struct {
	char *at;		/* NULL: nothing is mapped */
	size_t length;
} slots[SLOTS];

/* xorshift: the same walk in every run. */
static uint32_t random_number(void)
{
	static uint32_t state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* Unmaps a piece picked at random, or maps one where there is none. */
static int step(size_t page)
{
	static const int protections[] = {
		PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE, PROT_READ | PROT_EXEC,
	};
	size_t slot = random_number() % SLOTS;
	int protection = protections[random_number() % 4];
	size_t length = (1 + random_number() % LARGEST) * page;
	char *at;

	if (slots[slot].at) {
		munmap(slots[slot].at, slots[slot].length);
		slots[slot].at = NULL;
		return 0;
	}
	at = mmap(NULL, length, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return -1;
	if (protection & PROT_WRITE)
		*at = 'c';
	slots[slot].at = at;
	slots[slot].length = length;
	return 0;
}

/* Whether standard input has ended; what comes on it is thrown away. */
static int input_ended(void)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	char buffer[256];

	return poll(&input, 1, 0) > 0 && read(STDIN_FILENO, buffer, sizeof buffer) <= 0;
}

int main(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	for (unsigned long steps = 1;; steps++) {
		if (step(page) < 0) {
			fprintf(stderr, "churn: mmap: %s\n", strerror(errno));
			return 1;
		}
		if (steps == 4 * SLOTS) {
			puts("ready");
			fflush(stdout);
		}
		if (steps > 4 * SLOTS && steps % CHECK_EVERY == 0 && input_ended())
			return 0;
	}
}
