// Runs the program's own core under seeds; see README.md.
//
//   simulation                        the seeds of the tests
//   simulation --seeds FIRST COUNT    so many, beginning there
//   simulation --seconds N --seed S   for so long
//              --quick               with either: a run that fails is not tried with less
//   simulation --seed N [--acts A] [--clients C] [--nodes K] [--faults LIST] [--trace]
//                                     one, as a failing run prints it
//
// Ends with "N passed, N failed".

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.hpp"

namespace veche::simulation {
namespace {

constexpr std::uint64_t turns_at_most = 2'000'000;

struct outcome {
    bool good = false;
    std::string said;
    std::uint64_t acknowledged = 0, entries = 0, turns = 0, broken = 0;
};

struct totals {
    std::uint64_t acknowledged = 0, entries = 0, turns = 0, broken = 0;
};

/// In a process of its own, which ends with it.
[[noreturn]] void live_through(const plan& p, int out) {
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::setvbuf(stdout, nullptr, _IOLBF, 1U << 16U);
    begin(p.seed, 6);
    auto* const w = new world(p);
    w->start(check);
    const ending how = run(turns_at_most);
    if (how == ending::stuck) w->wrong.push_back("all wait for each other:\n" + who_waits());
    if (how == ending::too_long) w->wrong.push_back("the run does not end:\n" + who_waits());
    std::uint64_t acknowledged = 0;
    for (const auto& act : w->acts) acknowledged += act->first.has_value();
    if (!w->wrong.empty() && !p.trace)
        for (const std::string& line : recent_events()) std::printf("%s\n", line.c_str());
    for (const std::string& line : w->wrong) std::printf("WRONG %s\n", line.c_str());
    std::printf("TOTAL %llu %llu %llu %d\n", static_cast<unsigned long long>(acknowledged),
                static_cast<unsigned long long>(database().now().rows.next),
                static_cast<unsigned long long>(turns()), w->broken);
    std::fflush(stdout);
    ::_exit(w->wrong.empty() ? 0 : 1);
}

struct running {
    pid_t process = -1;
    FILE* said = nullptr;
    plan what;
};

running start(const plan& p, int core) {
    running r;
    r.what = p;
    r.said = std::tmpfile();
    if (!r.said) std::exit(2);
    std::fflush(stdout);
    r.process = ::fork();
    if (r.process == 0) {
        // Threads that take turns are quickest on one core.
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(core), &one);
        (void)::sched_setaffinity(0, sizeof one, &one);
        ::alarm(120);
        live_through(p, ::fileno(r.said));
    }
    return r;
}

outcome outcome_of(running& r, int status) {
    outcome o;
    o.good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    std::rewind(r.said);
    std::array<char, 1 << 14> line{};
    while (std::fgets(line.data(), line.size(), r.said)) {
        unsigned long long a = 0, e = 0, t = 0, b = 0;
        if (std::sscanf(line.data(), "TOTAL %llu %llu %llu %llu", &a, &e, &t, &b) == 4) {
            o.acknowledged = a;
            o.entries = e;
            o.turns = t;
            o.broken = b;
        } else {
            o.said += line.data();
        }
    }
    if (WIFSIGNALED(status))
        o.said += "WRONG the program died of signal " + std::to_string(WTERMSIG(status)) + "\n";
    std::fclose(r.said);
    return o;
}

outcome run_one(const plan& p) {
    running r = start(p, 0);
    int status = 0;
    ::waitpid(r.process, &status, 0);
    return outcome_of(r, status);
}

std::string as_arguments(const plan& p) {
    std::string faults;
    for (std::size_t f = 0; f < fault_names.size(); ++f)
        if (p.has(static_cast<fault>(f)))
            faults += (faults.empty() ? "" : ",") + std::string(fault_names[f]);
    return "--seed " + std::to_string(p.seed) + " --nodes " + std::to_string(p.nodes) +
           " --clients " + std::to_string(p.clients) + " --acts " + std::to_string(p.acts) +
           " --faults " + (faults.empty() ? "none" : faults);
}

/// The same seed with less of everything, as long as it still fails.
plan shrink(plan p) {
    const auto still = [&](const plan& smaller) {
        if (run_one(smaller).good) return false;
        p = smaller;
        return true;
    };
    for (unsigned f = 0; f < fault_names.size(); ++f) {
        plan less = p;
        less.faults &= ~(1U << f);
        if (less.faults != p.faults) (void)still(less);
    }
    for (bool smaller = true; smaller;) {
        smaller = false;
        plan less = p;
        if (less.acts > 1) {
            less.acts = less.acts / 2;
            smaller = still(less);
        }
        less = p;
        if (less.clients > 1) {
            --less.clients;
            smaller = still(less) || smaller;
        }
        less = p;
        if (less.nodes > 1) {
            --less.nodes;
            smaller = still(less) || smaller;
        }
    }
    return p;
}

bool quick = false;  // a failing run is told, and not tried with less

void report(const plan& p, const outcome& o) {
    std::printf("FAIL seed %llu\n%s", static_cast<unsigned long long>(p.seed), o.said.c_str());
    if (quick) return;
    const plan small = shrink(p);
    std::printf("  again:         simulation %s --trace\n", as_arguments(p).c_str());
    if (as_arguments(small) != as_arguments(p)) {
        std::printf("  the least that fails: simulation %s --trace\n%s",
                    as_arguments(small).c_str(), run_one(small).said.c_str());
    }
    std::fflush(stdout);
}

/// Seeds from the first on, as long as `more` says; as many at once as there are cores.
template <class More>
int run_seeds(std::uint64_t seed, std::uint64_t stop_after_failures, More more) {
    const long cores = std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN));
    std::map<pid_t, running> now;
    std::map<pid_t, int> core_of;
    std::set<int> free;
    for (int c = 0; c < cores; ++c) free.insert(c);
    totals sum;
    std::uint64_t passed = 0, failed = 0, started = 0;
    while (true) {
        while (!free.empty() && failed < stop_after_failures && more(started)) {
            const int core = *free.begin();
            free.erase(free.begin());
            const running r = start(plan_of(seed + started++), core);
            core_of[r.process] = core;
            now[r.process] = r;
        }
        if (now.empty()) break;
        int status = 0;
        const pid_t ended = ::waitpid(-1, &status, 0);
        const auto found = now.find(ended);
        if (found == now.end()) continue;
        const outcome o = outcome_of(found->second, status);
        free.insert(core_of[ended]);
        const plan p = found->second.what;
        now.erase(found);
        sum.acknowledged += o.acknowledged;
        sum.entries += o.entries;
        sum.turns += o.turns;
        sum.broken += o.broken;
        ++(o.good ? passed : failed);
        if (!o.good && failed == 1) {
            std::printf("after %llu seeds:\n", static_cast<unsigned long long>(passed + failed));
            report(p, o);
        } else if (!o.good) {
            std::printf("FAIL simulation %s\n", as_arguments(p).c_str());
        }
    }
    std::printf(
        "%llu seeds from %llu: %llu acts acknowledged, %llu entries, %llu things broken, "
        "%llu turns\n",
        static_cast<unsigned long long>(started), static_cast<unsigned long long>(seed),
        static_cast<unsigned long long>(sum.acknowledged),
        static_cast<unsigned long long>(sum.entries), static_cast<unsigned long long>(sum.broken),
        static_cast<unsigned long long>(sum.turns));
    // Seeds that did nothing would pass as well.
    if (failed == 0 && sum.acknowledged < started * 5) {
        std::printf("FAIL too little was done for this to mean anything\n");
        ++failed;
    }
    std::printf("%llu passed, %llu failed\n", static_cast<unsigned long long>(passed),
                static_cast<unsigned long long>(failed));
    return failed == 0 ? 0 : 1;
}

std::uint32_t faults_of(const std::string& list) {
    std::uint32_t out = 0;
    for (std::size_t f = 0; f < fault_names.size(); ++f)
        if (("," + list + ",").find("," + std::string(fault_names[f]) + ",") != std::string::npos)
            out |= 1U << f;
    return out;
}

int main_of(int count, char** arguments) {
    std::map<std::string, std::vector<std::string>> given;
    std::string name;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        if (word.rfind("--", 0) == 0)
            given[name = word];
        else
            given[name].push_back(word);
    }
    const auto number = [&](const char* of, std::size_t at, std::uint64_t otherwise) {
        const auto found = given.find(of);
        return found == given.end() || found->second.size() <= at
                   ? otherwise
                   : std::strtoull(found->second[at].c_str(), nullptr, 10);
    };
    quick = given.contains("--quick");
    found_union();
    if (given.contains("--seconds")) {
        const auto end =
            std::chrono::steady_clock::now() + std::chrono::seconds(number("--seconds", 0, 60));
        return run_seeds(number("--seed", 0, 1), 1,
                         [&](std::uint64_t) { return std::chrono::steady_clock::now() < end; });
    }
    if (!given.contains("--seed"))
        return run_seeds(number("--seeds", 0, 1), 1, [&](std::uint64_t started) {
            return started < number("--seeds", 1, 2000);
        });
    plan p = plan_of(number("--seed", 0, 1));
    p.acts = static_cast<int>(number("--acts", 0, static_cast<std::uint64_t>(p.acts)));
    p.clients = static_cast<int>(number("--clients", 0, static_cast<std::uint64_t>(p.clients)));
    p.nodes = static_cast<int>(number("--nodes", 0, static_cast<std::uint64_t>(p.nodes)));
    if (given.contains("--faults") && !given["--faults"].empty())
        p.faults = faults_of(given["--faults"][0]);
    p.trace = given.contains("--trace");
    const outcome o = run_one(p);
    std::printf("%s%llu acts acknowledged, %llu entries, %llu turns\n%d passed, %d failed\n",
                o.said.c_str(), static_cast<unsigned long long>(o.acknowledged),
                static_cast<unsigned long long>(o.entries),
                static_cast<unsigned long long>(o.turns), o.good ? 1 : 0, o.good ? 0 : 1);
    return o.good ? 0 : 1;
}

}  // namespace
}  // namespace veche::simulation

int main(int count, char** arguments) {
    return veche::simulation::main_of(count, arguments);
}
