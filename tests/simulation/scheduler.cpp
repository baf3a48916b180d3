#include "scheduler.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include <pthread.h>
#include <semaphore.h>

#include "strand.hpp"

namespace veche::simulation {
namespace {

struct board {
    std::vector<std::unique_ptr<strand>> strands;  // those that can still run, oldest first
    std::vector<std::unique_ptr<strand>> ended;    // their memory is still looked at
    std::map<process_id, std::int64_t> paused;
    std::set<process_id> dead;
    std::int64_t now = 0;
    std::uint64_t turns = 0;
    std::uint64_t turns_at_most = 0;
    int switch_one_in = 4;
    bool over = false;
    bool stuck = false;
    dice chosen;
    sem_t controller;
    int next_id = 1;
};

board* all = nullptr;
thread_local strand* self = nullptr;

std::int64_t can_go_on_at(const strand& s) {
    if (s.state == strand::ended) return never;
    const std::int64_t from = s.state == strand::ready ? all->now : s.until;
    const auto paused = all->paused.find(s.process);
    return paused == all->paused.end() ? from : std::max(from, paused->second);
}

/// Whose turn it is; nobody where the run is over.
strand* choose() {
    if (all->over || all->turns++ >= all->turns_at_most) return nullptr;
    std::vector<strand*> able;
    std::int64_t first = never;
    for (const auto& one : all->strands) {
        const std::int64_t at = can_go_on_at(*one);
        if (at <= all->now) able.push_back(one.get());
        first = std::min(first, at);
    }
    if (able.empty()) {
        if (first == never) {
            all->stuck = true;
            return nullptr;
        }
        all->now = first;
        for (const auto& one : all->strands)
            if (can_go_on_at(*one) <= first) able.push_back(one.get());
    }
    strand* next = able[all->chosen.below(able.size())];
    next->state = strand::ready;
    next->on = nullptr;
    return next;
}

/// Gives the turn away; returns when it is this thread's again.
void give_away() {
    strand* const me = self;
    strand* const next = choose();
    if (next == me) return;
    sem_post(next ? &next->turn : &all->controller);
    while (sem_wait(&me->turn) != 0) {
    }
}

void drop(const strand* which) {
    auto& list = all->strands;
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.get() == which; });
    if (found == list.end()) return;
    all->ended.push_back(std::move(*found));
    list.erase(found);
}

}  // namespace

std::uint64_t dice::next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

void begin(std::uint64_t seed, int switch_one_in) {
    all = new board;
    all->chosen = dice(seed);
    all->switch_one_in = switch_one_in;
    sem_init(&all->controller, 0, 0);
}

ending run(std::uint64_t turns_at_most) {
    all->turns_at_most = turns_at_most;
    if (strand* first = choose()) {
        sem_post(&first->turn);
        while (sem_wait(&all->controller) != 0) {
        }
    }
    if (all->over) return ending::finished;
    return all->stuck ? ending::stuck : ending::too_long;
}

std::string who_waits() {
    std::string out;
    for (const auto& one : all->strands)
        out += "  " + one->name + " of process " + std::to_string(one->process) +
               (one->state == strand::waiting ? " waits" : " could go on") + "\n";
    return out;
}

std::uint64_t turns() {
    return all->turns;
}

strand* new_strand(process_id of, std::string name) {
    all->strands.push_back(std::make_unique<strand>());
    strand* made = all->strands.back().get();
    made->id = all->next_id++;
    made->process = of;
    made->name = std::move(name);
    sem_init(&made->turn, 0, 0);
    return made;
}

void live(strand* as, const std::function<void()>& work) {
    self = as;
    while (sem_wait(&as->turn) != 0) {
    }
    work();
    as->state = strand::ended;
    wake(as);
    strand* const next = choose();
    // From here on this thread touches nothing that others do, but for the one post.
    drop(as);
    self = nullptr;
    sem_post(next ? &next->turn : &all->controller);
}

strand* own_strand() {
    return self;
}

void spawn(process_id of, std::string name, std::function<void()> work) {
    strand* const made = new_strand(of, std::move(name));
    start_thread(made, std::move(work));
}

void finish() {
    all->over = true;
}
bool simulated() {
    return self != nullptr;
}
process_id own_process() {
    return self->process;
}
std::int64_t now_ns() {
    return all->now;
}
dice& chance() {
    return all->chosen;
}

void step() {
    if (self->held > 0 || !all->chosen.one_in(static_cast<std::uint64_t>(all->switch_one_in)))
        return;
    give_away();
}

void sleep_ns(std::int64_t span) {
    (void)wait_on(nullptr, all->now + std::max<std::int64_t>(span, 0));
}

bool wait_on(const void* on, std::int64_t until) {
    self->state = strand::waiting;
    self->on = on;
    self->until = until;
    self->woken = false;
    give_away();
    return self->woken;
}

void wake(const void* on, int at_most) {
    if (!all) return;  // before any run
    std::vector<strand*> waiting;
    for (const auto& one : all->strands)
        if (one->state == strand::waiting && one->on == on) waiting.push_back(one.get());
    while (!waiting.empty() && at_most-- > 0) {
        const auto which = all->chosen.below(waiting.size());
        waiting[which]->state = strand::ready;
        waiting[which]->woken = true;
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(which));
    }
}

void kill(process_id which) {
    all->dead.insert(which);
    std::vector<const strand*> gone;
    for (const auto& one : all->strands)
        if (one->process == which) gone.push_back(one.get());
    for (const strand* one : gone) drop(one);
    if (self->process != which) return;
    give_away();
    std::abort();  // nobody gives it a turn
}

void pause(process_id which, std::int64_t until) {
    all->paused[which] = until;
}

bool alive(process_id which) {
    return !all->dead.contains(which);
}

}  // namespace veche::simulation
