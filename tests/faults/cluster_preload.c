/* Loaded before the C library into one program of a test: a disk that is slow to say that it has something, and
   a wall clock that somebody sets wrong. Both are read from the file that VECHE_FAULTS names, at every call:
   two 64-bit numbers in the machine's own order, the milliseconds that each fsync takes longer and those by which
   the clock is ahead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t* told(void) {
    static const volatile int64_t* at;
    static const int64_t nothing[2];
    if (at) return at;
    const char* name = getenv("VECHE_FAULTS");
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    void* seen = file < 0 ? MAP_FAILED : mmap(NULL, 16, PROT_READ, MAP_SHARED, file, 0);
    if (file >= 0) close(file);
    at = seen == MAP_FAILED ? nothing : seen;
    return at;
}

static void linger(void) {
    int64_t ms = told()[0];
    struct timespec span = {ms / 1000, ms % 1000 * 1000000};
    if (ms > 0) nanosleep(&span, NULL);
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    linger();
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    linger();
    return real(file);
}

int clock_gettime(clockid_t clock, struct timespec* out) {
    static int (*real)(clockid_t, struct timespec*);
    if (!real) real = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(clock, out);
    if (status == 0 && clock == CLOCK_REALTIME) {
        int64_t ns = out->tv_nsec + told()[1] % 1000 * 1000000;
        out->tv_sec += told()[1] / 1000 + (ns < 0 ? -1 : ns / 1000000000);
        out->tv_nsec = (ns + 1000000000) % 1000000000;
    }
    return status;
}

int gettimeofday(struct timeval* restrict out, void* restrict zone) {
    struct timespec now;
    (void)zone;
    int status = clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return status;
}

time_t time(time_t* out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
