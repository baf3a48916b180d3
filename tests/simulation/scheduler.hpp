#pragma once
// Threads of which exactly one runs at a time, and which one, a seed says.
//
// Why threads, and not the office's core called step by step: what goes wrong in a program with a
// writer, a ticker and many callers goes wrong between them. So the office, the store on PostgreSQL
// and the publisher run here as they are built for a server, with their own threads, locks and
// condition variables. Only what these stand on is replaced (interposed.cpp): a lock, a wait, a
// sleep or a clock asked for by a simulated thread comes here. Whoever must wait gives its turn
// away; the seed picks who is next among all that can go on; where nobody can, time jumps to the
// next moment at which somebody can. Where nobody ever could again, all wait for each other, and
// the run ends saying so.
//
// A process is a number that threads carry. One that is killed never gets a turn again: its threads
// stay where they are, as those of a machine without power do. Each run has a program of its own
// (main.cpp forks), so nothing of it has to be tidied up.

#include <cstdint>
#include <functional>
#include <string>

namespace veche::simulation {

/// Numbers by a seed: the same on every machine (splitmix64).
class dice {
  public:
    explicit dice(std::uint64_t seed = 0) : state_(seed) {}
    std::uint64_t next();
    /// One of 0 .. below-1.
    std::uint64_t below(std::uint64_t below) { return next() % below; }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool one_in(std::uint64_t of) { return below(of) == 0; }

  private:
    std::uint64_t state_;
};

using process_id = int;
constexpr process_id outside = 0;  ///< clients and whoever breaks things: they never die

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1000 * millisecond;
constexpr std::int64_t never = INT64_MAX;

/// How a run ended.
enum class ending : std::uint8_t { finished, stuck, too_long };

/// The next four are for whoever sets up a run; the others for threads within it.
void begin(std::uint64_t seed, int switch_one_in);
/// Gives the turns away until `finish` is called, nobody can go on, or so many turns were taken.
ending run(std::uint64_t turns_at_most);
[[nodiscard]] std::string who_waits();
[[nodiscard]] std::uint64_t turns();

/// A new thread of a process.
void spawn(process_id of, std::string name, std::function<void()> work);
void finish();
[[nodiscard]] bool simulated();
[[nodiscard]] process_id own_process();
[[nodiscard]] std::int64_t now_ns();
dice& chance();

/// May give the turn to somebody else.
void step();
void sleep_ns(std::int64_t span);
/// Waits until somebody wakes `on` or that moment has come; whether it was woken.
bool wait_on(const void* on, std::int64_t until = never);
void wake(const void* on, int at_most = INT32_MAX);

/// Never runs again. Where it is the caller's own, does not return.
void kill(process_id which);
/// Gets no turn before that moment.
void pause(process_id which, std::int64_t until);
[[nodiscard]] bool alive(process_id which);

}  // namespace veche::simulation
