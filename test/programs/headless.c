/*
 * headless [churn]: writes 64 MiB, starts a thread, and ends the main thread with pthread_exit, as
 * some servers do. With churn, the threads that are left live for a few milliseconds each. Prints "ready" and
 * the number of the first thread that is left.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BYTES = 64 * 1024 * 1024 };

static void *stay(void *unused)
{
	(void)unused;
	printf("ready %d\n", gettid());
	fflush(stdout);
	for (;;)
		pause();
}

static void *churn(void *unused)
{
	pthread_t next;

	(void)unused;
	usleep(3000);
	pthread_detach(pthread_self());
	while (pthread_create(&next, NULL, churn, NULL) != 0)
		usleep(1000);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	char *memory = malloc(BYTES);

	memset(memory, 1, BYTES);
	if (argc > 1 && strcmp(argv[1], "churn") == 0) {
		pthread_create(&thread, NULL, churn, NULL);
		pthread_create(&thread, NULL, churn, NULL);
		printf("ready %d\n", getpid());
		fflush(stdout);
	} else
		pthread_create(&thread, NULL, stay, NULL);
	pthread_exit(NULL);
}
