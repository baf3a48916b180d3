// What the program's threads stand on, taken over for simulated threads. The names are the system's
// own: the linker finds these first, for the program and for the libraries it loads. Threads that
// are not simulated get what they always get.

#include <cerrno>
#include <climits>
#include <cstdarg>
#include <ctime>
#include <map>
#include <unordered_map>

#include <dlfcn.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "strand.hpp"

using namespace veche::simulation;

namespace {

template <class Function>
Function* real(const char* name, const char* version = nullptr) {
    void* const at = version ? dlvsym(RTLD_NEXT, name, version) : dlsym(RTLD_NEXT, name);
    return reinterpret_cast<Function*>(at);
}

/// A lock of any kind: one owner, or several that only read.
struct held_lock {
    const strand* owner = nullptr;
    int readers = 0;
};
std::unordered_map<const void*, held_lock>& locks() {
    static auto* const made = new std::unordered_map<const void*, held_lock>;
    return *made;
}

bool try_exclusive(const void* at) {
    held_lock& l = locks()[at];
    if (l.owner || l.readers > 0) return false;
    l.owner = own_strand();
    ++own_strand()->held;
    return true;
}

bool try_shared(const void* at) {
    held_lock& l = locks()[at];
    if (l.owner) return false;
    ++l.readers;
    ++own_strand()->held;
    return true;
}

void take_exclusive(const void* at) {
    step();
    while (!try_exclusive(at)) (void)wait_on(at);
}

void let_go(const void* at) {
    const auto found = locks().find(at);
    if (found == locks().end()) return;  // taken before the run
    held_lock& l = found->second;
    --own_strand()->held;
    if (l.owner)
        l.owner = nullptr;
    else
        --l.readers;
    if (!l.owner && l.readers <= 0) locks().erase(found);
    wake(at);
}

/// A moment of one of the system's clocks as one of the run's.
std::int64_t moment(const timespec& t) {
    return t.tv_sec * second + t.tv_nsec;
}

int wait_condition(pthread_cond_t* c, pthread_mutex_t* m, std::int64_t until) {
    let_go(m);
    const bool woken = wait_on(c, until);
    while (!try_exclusive(m)) (void)wait_on(m);
    return woken ? 0 : ETIMEDOUT;
}

int wait_futex(const int* at, int operation, int value, const timespec* time) {
    if (__atomic_load_n(at, __ATOMIC_SEQ_CST) != value) {
        errno = EAGAIN;
        return -1;
    }
    std::int64_t until = never;
    if (time) until = moment(*time) + (operation == FUTEX_WAIT ? now_ns() : 0);
    if (wait_on(at, until)) return 0;
    errno = ETIMEDOUT;
    return -1;
}

struct start {
    strand* as;
    std::function<void()> work;
};

void* begin_thread(void* given) {
    const auto* const s = static_cast<start*>(given);
    live(s->as, s->work);
    return nullptr;
}

}  // namespace

namespace veche::simulation {

void start_thread(strand* as, std::function<void()> work) {
    static auto* const make = real<decltype(pthread_create)>("pthread_create");
    // Never freed: a thread of a process that was killed stays where it is.
    auto* const given = new start{as, std::move(work)};
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, std::size_t{1} << 21U);
    if (make(&as->handle, &small, begin_thread, given) != 0) std::abort();
    pthread_attr_destroy(&small);
}

}  // namespace veche::simulation

extern "C" {

int pthread_create(pthread_t* out, const pthread_attr_t* with, void* (*work)(void*), void* given) {
    static auto* const make = real<decltype(pthread_create)>("pthread_create");
    if (!simulated()) return make(out, with, work, given);
    strand* const made = new_strand(own_process(), own_strand()->name + "'s thread");
    start_thread(made, [work, given] { work(given); });
    *out = made->handle;
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t* m) {
    static auto* const lock = real<decltype(pthread_mutex_lock)>("pthread_mutex_lock");
    if (!simulated()) return lock(m);
    take_exclusive(m);
    return 0;
}
int pthread_mutex_trylock(pthread_mutex_t* m) {
    static auto* const lock = real<decltype(pthread_mutex_trylock)>("pthread_mutex_trylock");
    if (!simulated()) return lock(m);
    return try_exclusive(m) ? 0 : EBUSY;
}
int pthread_mutex_unlock(pthread_mutex_t* m) {
    static auto* const unlock = real<decltype(pthread_mutex_unlock)>("pthread_mutex_unlock");
    if (!simulated()) return unlock(m);
    let_go(m);
    return 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* l) {
    static auto* const lock = real<decltype(pthread_rwlock_rdlock)>("pthread_rwlock_rdlock");
    if (!simulated()) return lock(l);
    step();
    while (!try_shared(l)) (void)wait_on(l);
    return 0;
}
int pthread_rwlock_wrlock(pthread_rwlock_t* l) {
    static auto* const lock = real<decltype(pthread_rwlock_wrlock)>("pthread_rwlock_wrlock");
    if (!simulated()) return lock(l);
    take_exclusive(l);
    return 0;
}
int pthread_rwlock_unlock(pthread_rwlock_t* l) {
    static auto* const unlock = real<decltype(pthread_rwlock_unlock)>("pthread_rwlock_unlock");
    if (!simulated()) return unlock(l);
    let_go(l);
    return 0;
}

int pthread_cond_wait(pthread_cond_t* c, pthread_mutex_t* m) {
    static auto* const wait = real<decltype(pthread_cond_wait)>("pthread_cond_wait", "GLIBC_2.3.2");
    if (!simulated()) return wait(c, m);
    return wait_condition(c, m, never);
}
int pthread_cond_timedwait(pthread_cond_t* c, pthread_mutex_t* m, const timespec* until) {
    static auto* const wait =
        real<decltype(pthread_cond_timedwait)>("pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!simulated()) return wait(c, m, until);
    return wait_condition(c, m, moment(*until));
}
int pthread_cond_clockwait(pthread_cond_t* c, pthread_mutex_t* m, clockid_t clock,
                           const timespec* until) {
    static auto* const wait = real<decltype(pthread_cond_clockwait)>("pthread_cond_clockwait");
    if (!simulated()) return wait(c, m, clock, until);
    return wait_condition(c, m, moment(*until));
}
int pthread_cond_signal(pthread_cond_t* c) {
    static auto* const signal =
        real<decltype(pthread_cond_signal)>("pthread_cond_signal", "GLIBC_2.3.2");
    if (!simulated()) return signal(c);
    wake(c, 1);
    return 0;
}
int pthread_cond_broadcast(pthread_cond_t* c) {
    static auto* const broadcast =
        real<decltype(pthread_cond_broadcast)>("pthread_cond_broadcast", "GLIBC_2.3.2");
    if (!simulated()) return broadcast(c);
    wake(c);
    return 0;
}

int clock_gettime(clockid_t clock, timespec* out) {
    static auto* const ask = real<decltype(clock_gettime)>("clock_gettime");
    if (!simulated()) return ask(clock, out);
    out->tv_sec = now_ns() / second;
    out->tv_nsec = now_ns() % second;
    return 0;
}
int nanosleep(const timespec* span, timespec* left) {
    static auto* const sleep = real<decltype(nanosleep)>("nanosleep");
    if (!simulated()) return sleep(span, left);
    sleep_ns(moment(*span));
    return 0;
}
int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
    static auto* const sleep = real<decltype(clock_nanosleep)>("clock_nanosleep");
    if (!simulated()) return sleep(clock, flags, time, left);
    sleep_ns(moment(*time) - (flags == TIMER_ABSTIME ? now_ns() : 0));
    return 0;
}
int sched_yield() {
    static auto* const yield = real<decltype(sched_yield)>("sched_yield");
    if (!simulated()) return yield();
    step();
    return 0;
}

/// Only futexes are looked at: by them std::atomic and the semaphores of C++20 wait.
long syscall(long number, ...) {
    static auto* const call = real<long(long, ...)>("syscall");
    va_list list;
    va_start(list, number);
    long a[6];
    for (long& one : a) one = va_arg(list, long);
    va_end(list);
    if (number != SYS_futex || !simulated())
        return call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    const auto* const at = reinterpret_cast<const int*>(a[0]);
    const int operation = static_cast<int>(a[1]) & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
    if (operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET)
        return wait_futex(at, operation, static_cast<int>(a[2]),
                          reinterpret_cast<const timespec*>(a[3]));
    if (operation == FUTEX_WAKE || operation == FUTEX_WAKE_BITSET) {
        wake(at, static_cast<int>(a[2]));
        return 0;
    }
    errno = ENOSYS;
    return -1;
}

/// A program that ends itself: its process dies, the run goes on.
void _Exit(int status) {
    if (simulated()) kill(own_process());
    ::_exit(status);
}

}  // extern "C"
