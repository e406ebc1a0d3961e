/*
 * bss: loads the libraries named on the command line, starts threads that allocate from malloc arenas of
 * their own, and waits. Prints "ready", then NAME:ADDRESS for the variable `zeros` of each library and
 * arena:ADDRESS for a small block of each thread.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 6, BLOCKS = 3000, BLOCK_BYTES = 1000 };

static pthread_barrier_t allocated;

static void *allocate(void *unused)
{
	char *block = NULL;
	for (int i = 0; i < BLOCKS; i++) {
		block = malloc(BLOCK_BYTES);
		memset(block, 1, BLOCK_BYTES);
	}
	printf(" arena:%lx", (unsigned long)block);
	pthread_barrier_wait(&allocated);
	pause();
	return unused;
}

int main(int count, char **names)
{
	printf("ready");
	for (int i = 1; i < count; i++) {
		void *library = dlopen(names[i], RTLD_NOW);
		if (library == NULL) {
			fprintf(stderr, "%s\n", dlerror());
			return 1;
		}
		char *zeros = dlsym(library, "zeros");
		memset(zeros, 0, *(unsigned long *)dlsym(library, "zeros_size"));
		printf(" %s:%lx", strrchr(names[i], '/') + 1, (unsigned long)zeros);
	}
	pthread_barrier_init(&allocated, NULL, THREADS + 1);
	for (int i = 0; i < THREADS; i++) {
		pthread_t thread;
		pthread_create(&thread, NULL, allocate, NULL);
	}
	pthread_barrier_wait(&allocated);
	printf("\n");
	fflush(stdout);
	pause();
	return 0;
}
