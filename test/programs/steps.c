/*
 * steps: a process whose memory follows a script.
 *
 *     cc -O1 -Wall -Wextra -o steps steps.c
 *     steps
 *
 * Prints "ready", then reads commands from standard input, one a line, and
 * answers each with one line: "ok", for an area also its number and address.
 *
 *     reserve KIB         a new private anonymous area, nothing of it touched
 *     map KIB             the same, all of it touched
 *     file PATH KIB       a new shared area of a file (made, and deleted at once
 *                         unless it was there), all of it touched
 *     touch AREA KIB      touches the first KIB of an area
 *     drop AREA KIB       gives the first KIB of an area back (MADV_DONTNEED)
 *     unmap AREA          unmaps an area
 *     heap KIB            grows the heap (brk) and touches what is new; negative
 *                         numbers shrink it
 *     exit STATUS         ends
 *
 * Areas have a page without access on either side, so that the kernel does not
 * merge them.  Transparent huge pages are off: they would be resident beyond
 * what is touched.  No command allocates anything else.
 *
 * Exit status: 0 when standard input ends; 1 with a line on stderr if a command
 * is wrong or fails.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define AREAS 4096

struct area {
	char *at;
	size_t length;
};

static struct area areas[AREAS];
static int area_count;
static size_t page;
static char input[1 << 16];
static int answers;		/* where they go */

static void die(const char *what)
{
	fprintf(stderr, "steps: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void touch(char *at, size_t length)
{
	size_t i;

	for (i = 0; i < length; i += page)
		((volatile char *)at)[i] = 1;
}

/* Addresses for an area, with a page without access before and behind it. */
static char *room(size_t length)
{
	char *at = mmap(NULL, length + 2 * page, PROT_NONE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		die("mmap");
	return at + page;
}

static int add(char *at, size_t length)
{
	if (area_count == AREAS) {
		errno = ENOSPC;
		die("areas");
	}
	areas[area_count].at = at;
	areas[area_count].length = length;
	return area_count++;
}

static int reserve(size_t length)
{
	char *at = room(length);

	if (mprotect(at, length, PROT_READ | PROT_WRITE))
		die("mprotect");
	return add(at, length);
}

static int map_file(const char *path, size_t length)
{
	int was_there = access(path, F_OK) == 0;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	char *at = room(length);

	if (fd < 0 || ftruncate(fd, (off_t)length))
		die(path);
	if (mmap(at, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED)
		die(path);
	close(fd);
	if (!was_there)
		unlink(path);
	touch(at, length);
	return add(at, length);
}

static struct area *find(long number)
{
	if (number < 0 || number >= area_count || !areas[number].at) {
		errno = EINVAL;
		die("no such area");
	}
	return &areas[number];
}

static size_t part(const struct area *area, long kib)
{
	size_t length = (size_t)kib * 1024;

	return length < area->length ? length : area->length;
}

static void heap(long kib)
{
	char *end = sbrk(kib * 1024);

	if (end == (void *)-1)
		die("sbrk");
	if (kib > 0)
		touch(end, (size_t)kib * 1024);
}

static void answer(const char *text, size_t length)
{
	if (write(answers, text, length) != (ssize_t)length)
		die("write");
}

static void answer_area(int number)
{
	char text[64];
	int length = snprintf(text, sizeof text, "ok %d %lx\n", number,
			      (unsigned long)(uintptr_t)areas[number].at);

	answer(text, (size_t)length);
}

static void unmap(struct area *area)
{
	if (munmap(area->at - page, area->length + 2 * page))
		die("munmap");
	area->at = NULL;
}

static void obey(const char *line)
{
	char path[1 << 12];
	long a, b;

	if (sscanf(line, "reserve %ld", &a) == 1) {
		answer_area(reserve((size_t)a * 1024));
		return;
	}
	if (sscanf(line, "map %ld", &a) == 1) {
		int number = reserve((size_t)a * 1024);

		touch(areas[number].at, areas[number].length);
		answer_area(number);
		return;
	}
	if (sscanf(line, "file %4095s %ld", path, &a) == 2) {
		answer_area(map_file(path, (size_t)a * 1024));
		return;
	}
	if (sscanf(line, "touch %ld %ld", &a, &b) == 2)
		touch(find(a)->at, part(find(a), b));
	else if (sscanf(line, "drop %ld %ld", &a, &b) == 2) {
		if (madvise(find(a)->at, part(find(a), b), MADV_DONTNEED))
			die("madvise");
	} else if (sscanf(line, "unmap %ld", &a) == 1)
		unmap(find(a));
	else if (sscanf(line, "heap %ld", &a) == 1)
		heap(a);
	else if (sscanf(line, "exit %ld", &a) == 1)
		exit((int)a);
	else {
		errno = EINVAL;
		die(line);
	}
	answer("ok\n", 3);
}

/* Not stdio: its first read would touch pages of the C library. */
static void obey_all(int fd)
{
	size_t held = 0;
	ssize_t got;

	while ((got = read(fd, input + held, sizeof input - 1 - held)) > 0) {
		char *line = input, *end;

		held += (size_t)got;
		input[held] = '\0';
		while ((end = memchr(line, '\n', (size_t)(input + held - line)))) {
			*end = '\0';
			obey(line);
			line = end + 1;
		}
		held = (size_t)(input + held - line);
		memmove(input, line, held);
	}
}

/*
 * Uses once what the commands use, so that later none of them touches a page of
 * the program, its libraries or its stack for the first time.
 */
static void warm_up(void)
{
	static const char commands[] =
		"reserve 4\nmap 4\ntouch 0 4\ndrop 0 4\nunmap 0\nunmap 1\nheap 4\nheap -4\n";
	int script[2];

	answers = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (pipe(script) || write(script[1], commands, sizeof commands - 1) < 0)
		die("pipe");
	close(script[1]);
	obey_all(script[0]);
	close(script[0]);
	close(answers);
	area_count = 0;
	answers = STDOUT_FILENO;
}

int main(void)
{
	page = (size_t)sysconf(_SC_PAGESIZE);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	touch(input, sizeof input);
	touch((char *)areas, sizeof areas);
	warm_up();
	answer("ready\n", 6);
	obey_all(STDIN_FILENO);
	return 0;
}
