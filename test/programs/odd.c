/*
 * odd: a process with every kind of mapping that is awkward to show.
 *
 *     cc -O1 -Wall -Wextra -o odd odd.c        (add -pthread before glibc 2.34)
 *     odd SCRATCH_DIRECTORY
 *
 * Makes the mappings, prints "ready" and waits until its standard input ends
 * (or SIGINT, SIGTERM or SIGHUP arrives).  The files it makes in the scratch
 * directory are removed on the way out; the directory itself stays.
 *
 * Exit status: 0, or 1 with a line on stderr if something could not be made.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

/* For C libraries older than the kernel's 5.17. */
#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#ifndef PR_SET_VMA_ANON_NAME
#define PR_SET_VMA_ANON_NAME 0
#endif

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An offset that needs nine hexadecimal digits. */
#define FAR_OFFSET 0x123456000LL
#define GIB (1024UL * 1024 * 1024)

/* Five directories of 250 bytes make a path of more than 1,023 and 1,024. */
#define DEEP_LEVELS 5
#define DEEP_NAME_LENGTH 250

static const char *const hostile_names[] = {
	"esc\033[31mred\033[0m",	/* would colour a careless terminal */
	" blanks at the ends ",
	"runs   of     blanks",
	"a\ttab",
	"new\nline",			/* the kernel prints \012 */
	"invalid-\xff\xfe-\xc3",	/* not UTF-8 */
	"wide-\xe6\xbc\xa2\xe5\xad\x97-e\xcc\x81",	/* kanji; e and a combining accent */
	"really named so (deleted)",
	"Rss:                  12 kB",	/* looks like a line of smaps */
};

static size_t page;
static int scratch = -1;		/* the scratch directory */
static int deep[DEEP_LEVELS];		/* the nested directories, outermost first */
static int deep_made;			/* how many of them exist */
static char deep_name[DEEP_NAME_LENGTH + 1];
static pid_t maker;

static void die(const char *what)
{
	fprintf(stderr, "odd: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* mmap that cannot fail. */
static char *map(const char *what, size_t length, int protection, int flags,
		 int fd, off_t offset)
{
	void *at = mmap(NULL, length, protection, flags, fd, offset);

	if (at == MAP_FAILED)
		die(what);
	return at;
}

/* Creates a file of `length` bytes under `directory`. */
static int create(int directory, const char *name, off_t length)
{
	int fd = openat(directory, name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, length) < 0)
		die(name);
	return fd;
}

/* Creates a file, maps `length` bytes of it from `offset`, and reads one. */
static void map_file(int directory, const char *name, size_t length, off_t offset)
{
	int fd = create(directory, name, offset + (off_t)length);
	volatile char *at = map(name, length, PROT_READ, MAP_PRIVATE, fd, offset);

	(void)at[0];
	close(fd);
}

/* Removes whatever was made; runs at exit, so it complains about nothing. */
static void clean_up(void)
{
	if (scratch < 0 || getpid() != maker)
		return;
	for (size_t i = 0; i < COUNT(hostile_names); i++)
		unlinkat(scratch, hostile_names[i], 0);
	unlinkat(scratch, "deleted", 0);
	unlinkat(scratch, "far", 0);
	unlinkat(scratch, "shared", 0);
	if (deep_made > 0)
		unlinkat(deep[deep_made - 1], "deep", 0);
	while (deep_made > 0) {
		deep_made--;
		unlinkat(deep_made > 0 ? deep[deep_made - 1] : scratch,
			 deep_name, AT_REMOVEDIR);
	}
}

static void make_sysv_segment(void)
{
	int id = shmget(IPC_PRIVATE, 5 * page, IPC_CREAT | 0600);
	char *at;

	if (id < 0)
		die("shmget");
	at = shmat(id, NULL, 0);
	/* Marked for removal at once: it lives as long as it is attached. */
	if (shmctl(id, IPC_RMID, NULL) < 0)
		die("shmctl");
	if (at == (char *)-1)
		die("shmat");
	memset(at, 's', 2 * page);
}

static void make_memfd(void)
{
	int fd = memfd_create("a/x", MFD_CLOEXEC);
	char *at;

	if (fd < 0 || ftruncate(fd, 6 * (off_t)page) < 0)
		die("memfd_create");
	at = map("memfd", 6 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(at, 'm', 3 * page);
	close(fd);
}

static void make_files(void)
{
	int fd;
	char *at;

	for (size_t i = 0; i < COUNT(hostile_names); i++)
		map_file(scratch, hostile_names[i], (i + 1) * page, 0);

	/* Mapped beyond 4 GiB; the file is sparse and takes no room. */
	map_file(scratch, "far", 2 * page, FAR_OFFSET);

	/* Mapped, then removed: "/... (deleted)". */
	map_file(scratch, "deleted", 7 * page, 0);
	unlinkat(scratch, "deleted", 0);

	/* Shared and writable, one page dirty. */
	fd = create(scratch, "shared", 9 * (off_t)page);
	at = map("shared", 9 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	at[0] = 'S';
	close(fd);
}

/* A file at the bottom of a path too long for a buffer of 1,024 bytes. */
static void make_deep_file(void)
{
	int parent = scratch;

	memset(deep_name, 'd', DEEP_NAME_LENGTH);
	for (int i = 0; i < DEEP_LEVELS; i++) {
		if (mkdirat(parent, deep_name, 0700) < 0 && errno != EEXIST)
			die("mkdirat");
		deep[i] = openat(parent, deep_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (deep[i] < 0)
			die("openat");
		parent = deep[i];
		deep_made = i + 1;
	}
	map_file(parent, "deep", 3 * page, 0);
}

static void make_anonymous(void)
{
	const int private = MAP_PRIVATE | MAP_ANONYMOUS;
	const int both = PROT_READ | PROT_WRITE;
	char *at;

	map("PROT_NONE", 11 * page, PROT_NONE, private, -1, 0);
	map("8 GiB without access", 8 * GIB, PROT_NONE, private | MAP_NORESERVE, -1, 0);
	map("8 GiB untouched", 8 * GIB, both, private | MAP_NORESERVE, -1, 0);

	at = map("write-only", 12 * page, PROT_WRITE, private, -1, 0);
	at[0] = 'w';

	/* Shared and anonymous: the kernel calls it "/dev/zero (deleted)". */
	at = map("shared anonymous", 13 * page, both, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	memset(at, 'z', 4 * page);

	at = map("rwx", 14 * page, both | PROT_EXEC, private, -1, 0);
	at[0] = 'x';

	/* Named, with a slash and a blank; kernels before 5.17 cannot. */
	at = map("named", 15 * page, both, private, -1, 0);
	prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME, at, 15 * page, "my/pool v1");
	memset(at, 'n', 5 * page);

	/* RLIMIT_MEMLOCK may forbid it, and then the mapping is just a mapping. */
	at = map("locked", page, both, private, -1, 0);
	if (mlock(at, page) < 0)
		fprintf(stderr, "odd: mlock: %s (going on without)\n", strerror(errno));
}

static void *sleep_forever(void *unused)
{
	(void)unused;
	for (;;)
		pause();
	return NULL;
}

/* A second thread, which waits for nothing: its stack is what we are after. */
static void make_thread(void)
{
	pthread_t thread;
	sigset_t all, before;

	/* Signals are for the main thread, which is in read(). */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	errno = pthread_create(&thread, NULL, sleep_forever, NULL);
	if (errno)
		die("pthread_create");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Does nothing but make read() return, so that main() cleans up and leaves. */
static void interrupt(int signal)
{
	(void)signal;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = interrupt };
	char buffer[256];

	if (argc != 2) {
		fprintf(stderr, "usage: odd SCRATCH_DIRECTORY\n");
		return 1;
	}
	page = (size_t)sysconf(_SC_PAGESIZE);
	maker = getpid();
	scratch = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (scratch < 0)
		die(argv[1]);
	atexit(clean_up);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);

	make_sysv_segment();
	make_memfd();
	make_files();
	make_deep_file();
	make_anonymous();
	make_thread();

	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, buffer, sizeof buffer) > 0)
		;
	return 0;
}
