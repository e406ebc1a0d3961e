/*
 * stacks: starts threads whose stacks have every shape, and waits. Prints "ready", then for each thread
 * its id and the shape of its stack: default, guard4m (a guard of 4 MiB), exec (executable), own (memory
 * of its own without a guard), none (no guard, between two mappings that are only read), merged1 and
 * merged2 (two neighbours with MADV_GUARD_INSTALL inside and no huge pages, as glibc 2.42 makes them) and
 * install (one such stack). The last three are left out where the kernel lacks it.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MIB = 1024 * 1024, STACK = 2 * MIB };
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

/*
 * Memory for neighbouring stacks with a guard page inside each, and no huge pages; apart from what is
 * mapped next to it. NULL if the kernel cannot do it.
 */
static char *guarded_inside(int count)
{
	char *memory = behind_guard(count * STACK, PROT_READ | PROT_WRITE);
	munmap(memory - 4096, 4096);
	for (int i = 0; i < count; i++)
		if (madvise(memory + i * STACK, 4096, ADVICE_GUARD_INSTALL) != 0)
			return NULL;
	madvise(memory, count * STACK, MADV_NOHUGEPAGE);
	return memory;
}

static void start_at(char *shape, char *memory)
{
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, memory + 4096, STACK - 4096);
	start(shape, &attributes);
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
	char *own = behind_guard(MIB, PROT_READ | PROT_WRITE);
	munmap(own - 4096, 4096);
	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, own, MIB);
	start("own", &attributes);
	mmap(NULL, MIB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pthread_attr_init(&attributes);
	pthread_attr_setguardsize(&attributes, 0);
	start("none", &attributes);
	mmap(NULL, MIB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *two = guarded_inside(2);
	if (two != NULL) {
		start_at("merged1", two);
		start_at("merged2", two + STACK);
		start_at("install", guarded_inside(1));
	}
	printf("\n");
	fflush(stdout);
	pause();
	return 0;
}
