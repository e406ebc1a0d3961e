/*
 * measure: runs a command and says what it cost.
 *
 *     cc -O1 -Wall -Wextra -o measure measure.c
 *     measure COMMAND [ARGUMENT...]
 *
 * The command's standard input and output are /dev/null.  Prints one line:
 * wall clock in nanoseconds, user and system time in microseconds, peak
 * resident memory in KiB.  A small C program does this because Linux counts
 * what a process held between fork and exec as its peak: the children of a
 * bigger one would all seem to need what that one has.
 *
 * Exit status: the command's; 127 when it cannot be started or measured;
 * 128 + N when signal N ended it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int complain(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	return 127;
}

static long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long in_us(struct timeval time)
{
	return time.tv_sec * 1000000LL + time.tv_usec;
}

static void become(char **command, int null, pid_t parent)
{
	/* Whoever ends the helper ends the command as well. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	if (dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0)
		execvp(command[0], command);
	_exit(complain(command[0]));
}

int main(int argc, char **argv)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t parent = getpid(), child;
	struct rusage used;
	long long start, wall;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: measure COMMAND [ARGUMENT...]\n");
		return 127;
	}
	if (null < 0)
		return complain("/dev/null");
	start = now_ns();
	child = fork();
	if (child < 0)
		return complain("fork");
	if (child == 0)
		become(argv + 1, null, parent);
	while (wait4(child, &status, 0, &used) < 0)
		if (errno != EINTR)
			return complain("wait4");
	wall = now_ns() - start;
	printf("%lld %lld %lld %ld\n", wall, in_us(used.ru_utime), in_us(used.ru_stime),
	       used.ru_maxrss);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
