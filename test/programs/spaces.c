/*
 * spaces vfork|clone|fork|forkwrite|workers: writes 16 MiB and starts a child. With vfork and clone
 * (CLONE_VM) both have one address space; with fork the child shares the pages until it writes;
 * with forkwrite it writes them all. With workers there are two such children, which do the same and
 * wait. Prints "ready PARENT CHILD", or the two children.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BYTES = 16 * 1024 * 1024, STACK = 64 * 1024 };

static char *memory;
static pid_t parent;

static int wait_forever(void *unused)
{
	(void)unused;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		pause();
	return 0;
}

static void tell(pid_t child)
{
	printf("ready %d %d\n", parent, child);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	pid_t child;

	parent = getpid();
	memory = malloc(BYTES);
	memset(memory, 1, BYTES);
	if (strcmp(how, "vfork") == 0) {
		child = vfork();
		if (child == 0) {
			/* The parent does not run until this child ends. */
			tell(getpid());
			wait_forever(NULL);
		}
	} else if (strcmp(how, "clone") == 0) {
		child = clone(wait_forever, (char *)malloc(STACK) + STACK, CLONE_VM | SIGCHLD, NULL);
		tell(child);
	} else if (strcmp(how, "workers") == 0) {
		parent = fork();
		if (parent == 0)
			wait_forever(NULL);
		child = fork();
		if (child == 0)
			wait_forever(NULL);
		usleep(100000);
		tell(child);
	} else {
		child = fork();
		if (child == 0) {
			if (strcmp(how, "forkwrite") == 0)
				memset(memory, 2, BYTES);
			tell(getpid());
			wait_forever(NULL);
		}
	}
	wait_forever(NULL);
}
