#pragma once
// A simulated thread as the scheduler and what stands in for the system's own calls see it.

#include <functional>
#include <string>

#include <pthread.h>
#include <semaphore.h>

#include "scheduler.hpp"

namespace veche::simulation {

struct strand {
    enum condition : std::uint8_t { ready, waiting, ended };
    int id = 0;
    process_id process = outside;
    std::string name;
    condition state = ready;
    const void* on = nullptr;
    std::int64_t until = never;
    bool woken = false;
    int held = 0;  ///< locks: who holds some is not interrupted without need
    pthread_t handle{};
    sem_t turn{};
};

strand* new_strand(process_id of, std::string name);
/// Makes the system's thread for it.
void start_thread(strand* as, std::function<void()> work);
/// The life of that thread.
void live(strand* as, const std::function<void()>& work);
/// The caller's own; nothing outside a run.
strand* own_strand();

}  // namespace veche::simulation
