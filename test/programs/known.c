/*
 * known: a process that knows to the page what memory it uses.
 *
 *     cc -O1 -Wall -Wextra -pthread -o known known.c
 *     known SCRATCH_DIRECTORY
 *
 * It has
 *   - 100 MiB of heap, all of it touched, and nothing else in [heap];
 *   - 50 MiB of a file, mapped shared, of which the first 20 MiB are touched;
 *   - 30 MiB of a memfd, shared with a child, touched by both;
 *   - 10 MiB of huge pages of 2 MiB, where the machine has them or root can
 *     make it have them;
 *   - 3 threads with stacks of 8 MiB, of which 1, 2 and 3 MiB are touched.
 * Then it prints one line of JSON that says where all this is ("huge" is null,
 * and "noHuge" says why, where there are no huge pages), and waits until its
 * standard input ends (or SIGINT, SIGTERM or SIGHUP arrives).  The file and the
 * child go with it.
 *
 * Transparent huge pages are off: they would be resident beyond what is touched.
 *
 * Exit status: 0, or 1 with a line on stderr if something could not be made.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB ((size_t)1 << 20)

#define HEAP (100 * MIB)
#define FILE_LENGTH (50 * MIB)
#define FILE_TOUCHED (20 * MIB)
#define MEMFD (30 * MIB)
#define HUGE_LENGTH (10 * MIB)
#define HUGE_PAGE (2 * MIB)
#define THREADS 3
#define STACK (8 * MIB)

#define FILE_NAME "known-shared"
#define MEMFD_NAME "known-memfd"
#define HUGE_COUNT "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"
#define HUGE_FREE "/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages"

#ifndef MAP_HUGE_2MB
#define MAP_HUGE_2MB (21 << 26)
#endif

struct stack {
	char *at;
	size_t touched;
	pid_t tid;
};

static size_t page;
static int scratch = -1;	/* the scratch directory */
static pid_t maker, child;
static pthread_barrier_t barrier;

static void die(const char *what)
{
	fprintf(stderr, "known: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* Runs at exit, so it complains about nothing. */
static void clean_up(void)
{
	if (getpid() != maker)
		return;
	if (child > 0) {
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	if (scratch >= 0)
		unlinkat(scratch, FILE_NAME, 0);
}

/* mmap that cannot fail. */
static char *map(const char *what, size_t length, int protection, int flags, int fd)
{
	void *at = mmap(NULL, length, protection, flags, fd, 0);

	if (at == MAP_FAILED)
		die(what);
	return at;
}

/* Writes to each page and changes nothing, not even what another thread writes. */
static void touch(char *at, size_t length)
{
	for (size_t i = 0; i < length; i += page)
		__atomic_fetch_add(at + i, 0, __ATOMIC_RELAXED);
}

/*
 * The child comes first: what the parent makes later is the parent's alone, and
 * not shared until one of the two writes to it.
 */
static char *make_memfd_and_child(void)
{
	int fd = memfd_create(MEMFD_NAME, MFD_CLOEXEC);
	int ready[2];
	char *at, byte = 'r';

	if (fd < 0 || ftruncate(fd, MEMFD) < 0)
		die("memfd_create");
	at = map("memfd", MEMFD, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	close(fd);
	touch(at, MEMFD);
	if (pipe(ready) < 0)
		die("pipe");
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		/* It never outlives its parent, however that ends. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != maker)
			_exit(1);
		touch(at, MEMFD);
		if (write(ready[1], &byte, 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		die("the child");
	close(ready[0]);
	return at;
}

static char *make_heap(void)
{
	size_t beyond = (uintptr_t)sbrk(0) % page;
	char *at;

	if (beyond > 0 && sbrk((intptr_t)(page - beyond)) == (void *)-1)
		die("sbrk");
	at = sbrk((intptr_t)HEAP);
	if (at == (void *)-1)
		die("sbrk");
	touch(at, HEAP);
	return at;
}

static char *make_file(void)
{
	int fd = openat(scratch, FILE_NAME, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char *at;

	if (fd < 0)
		die(FILE_NAME);
	/* A full disk shall be an error here and not a SIGBUS later. */
	errno = posix_fallocate(fd, 0, (off_t)FILE_LENGTH);
	if (errno)
		die(FILE_NAME);
	at = map(FILE_NAME, FILE_LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	close(fd);
	/* No page that was not asked for. */
	madvise(at, FILE_LENGTH, MADV_RANDOM);
	touch(at, FILE_TOUCHED);
	return at;
}

static long read_number(const char *path)
{
	FILE *file = fopen(path, "r");
	long number = -1;

	if (file) {
		if (fscanf(file, "%ld", &number) != 1)
			number = -1;
		fclose(file);
	}
	return number;
}

static int write_number(const char *path, long number)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return -1;
	fprintf(file, "%ld\n", number);
	return fclose(file);
}

/*
 * NULL where there are no huge pages; *why then says why not.  The machine's
 * number of them is put back at once: pages in use are kept until they are
 * unmapped, so that nothing is left behind even by a SIGKILL.
 */
static char *make_huge(const char **why)
{
	long wanted = (long)(HUGE_LENGTH / HUGE_PAGE);
	long had = read_number(HUGE_COUNT);
	long missing = wanted - read_number(HUGE_FREE);
	void *at;

	if (had < 0) {
		*why = "the machine has no huge pages of 2 MiB";
		return NULL;
	}
	if (missing > 0 && write_number(HUGE_COUNT, had + missing) < 0) {
		*why = "nr_hugepages is too low and cannot be raised";
		return NULL;
	}
	at = mmap(NULL, HUGE_LENGTH, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_HUGE_2MB, -1, 0);
	if (at != MAP_FAILED)
		touch(at, HUGE_LENGTH);
	else
		*why = "too few huge pages can be had";
	if (missing > 0)
		write_number(HUGE_COUNT, had);
	return at == MAP_FAILED ? NULL : at;
}

static void *run_thread(void *argument)
{
	struct stack *stack = argument;

	stack->tid = gettid();
	/* From within: what the thread uses itself is at the upper end as well. */
	touch(stack->at + STACK - stack->touched, stack->touched);
	pthread_barrier_wait(&barrier);
	for (;;)
		pause();
	return NULL;
}

/*
 * Laid out as the C library does it, a page without access below each stack;
 * there is one above as well, so that no stack merges with a neighbour.
 */
static void make_threads(struct stack stacks[THREADS])
{
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t all, before;

	/* Signals are for the main thread, which is in read(). */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_barrier_init(&barrier, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++) {
		stacks[i].at = map("stack", STACK + 2 * page, PROT_NONE,
				   MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1) + page;
		stacks[i].touched = (size_t)(i + 1) * MIB;
		if (mprotect(stacks[i].at, STACK, PROT_READ | PROT_WRITE) < 0)
			die("mprotect");
		pthread_attr_init(&attributes);
		errno = pthread_attr_setstack(&attributes, stacks[i].at, STACK);
		if (!errno)
			errno = pthread_create(&thread, &attributes, run_thread, &stacks[i]);
		if (errno)
			die("pthread_create");
		pthread_attr_destroy(&attributes);
	}
	pthread_barrier_wait(&barrier);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void print_area(const char *name, const char *at, size_t length, size_t touched)
{
	printf("\"%s\":{\"start\":\"%lx\",\"bytes\":%zu,\"touched\":%zu}", name,
	       (unsigned long)(uintptr_t)at, length, touched);
}

/* Does nothing but make read() return, so that main() cleans up and leaves. */
static void interrupt(int signal)
{
	(void)signal;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = interrupt };
	struct stack stacks[THREADS];
	char *memfd, *heap, *file, *huge;
	const char *why = "";
	char buffer[256];

	if (argc != 2) {
		fprintf(stderr, "usage: known SCRATCH_DIRECTORY\n");
		return 1;
	}
	page = (size_t)sysconf(_SC_PAGESIZE);
	maker = getpid();
	/* What malloc gives comes from mmap, so that the heap is ours alone. */
	mallopt(M_MMAP_THRESHOLD, 0);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	scratch = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (scratch < 0)
		die(argv[1]);
	atexit(clean_up);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);

	memfd = make_memfd_and_child();
	heap = make_heap();
	file = make_file();
	huge = make_huge(&why);
	make_threads(stacks);

	printf("{\"ready\":true,\"pid\":%d,\"child\":%d,\"page\":%zu,", (int)maker, (int)child, page);
	print_area("heap", heap, HEAP, HEAP);
	putchar(',');
	print_area("file", file, FILE_LENGTH, FILE_TOUCHED);
	putchar(',');
	print_area("memfd", memfd, MEMFD, MEMFD);
	putchar(',');
	if (huge)
		print_area("huge", huge, HUGE_LENGTH, HUGE_LENGTH);
	else
		printf("\"huge\":null,\"noHuge\":\"%s\"", why);
	printf(",\"threads\":[");
	for (int i = 0; i < THREADS; i++)
		printf("%s{\"tid\":%d,\"start\":\"%lx\",\"bytes\":%zu,\"touched\":%zu}", i ? "," : "",
		       (int)stacks[i].tid, (unsigned long)(uintptr_t)stacks[i].at, STACK,
		       stacks[i].touched);
	puts("]}");
	fflush(stdout);
	while (read(STDIN_FILENO, buffer, sizeof buffer) > 0)
		;
	return 0;
}
