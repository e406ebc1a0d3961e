/*
 * stacks: starts threads whose stacks have every shape, and waits. Prints "ready", then for each thread
 * its id and the shape of its stack: default, guard4m (a guard of 4 MiB), exec (executable) and
 * install (MADV_GUARD_INSTALL inside and no huge pages, as glibc 2.42 does; left out where the kernel
 * lacks it).
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MIB = 1024 * 1024 };
#define ADVICE_GUARD_INSTALL 102

static pthread_barrier_t started;

static void *wait_forever(void *shape)
{
	printf(" %ld:%s", syscall(SYS_gettid), (char *)shape);
	pthread_barrier_wait(&started);
	for (;;)
		pause();
	return NULL;
}

static void start(char *shape, pthread_attr_t *attributes)
{
	pthread_t thread;
	if (pthread_create(&thread, attributes, wait_forever, shape) != 0)
		perror(shape);
	pthread_barrier_wait(&started);
}

/* Memory for a stack behind a guard page, apart from what is mapped next to it. */
static char *behind_guard(size_t size, int protection)
{
	char *memory = mmap(NULL, size + MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(memory, MIB / 2);
	memory += MIB / 2;
	munmap(memory + 4096 + size, MIB / 2 - 4096);
	mprotect(memory + 4096, size, protection);
	return memory + 4096;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_barrier_init(&started, NULL, 2);
	printf("ready");
	start("default", NULL);
	pthread_attr_init(&attributes);
	pthread_attr_setguardsize(&attributes, 4 * MIB);
	start("guard4m", &attributes);
	char *exec = behind_guard(MIB, PROT_READ | PROT_WRITE | PROT_EXEC);
	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, exec, MIB);
	start("exec", &attributes);
	char *whole = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (madvise(whole, 4096, ADVICE_GUARD_INSTALL) == 0) {
		madvise(whole, 2 * MIB, MADV_NOHUGEPAGE);
		pthread_attr_init(&attributes);
		pthread_attr_setstack(&attributes, whole + 4096, 2 * MIB - 4096);
		start("install", &attributes);
	}
	printf("\n");
	fflush(stdout);
	pause();
	return 0;
}
