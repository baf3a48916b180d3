#pragma once
// The verbs of `veche witness`.

#include <functional>

#include "cli/witness.hpp"

namespace CLI {
class App;
}

namespace veche::cli {

class witness_verbs {
  public:
    using action = std::function<int(const terminal&)>;

    /// `chosen` is set to the verb that is to be called.
    witness_verbs(CLI::App& app, action& chosen) : app_(app), chosen_(chosen) {}
    witness_verbs(const witness_verbs&) = delete;
    witness_verbs& operator=(const witness_verbs&) = delete;

    void add();

  private:
    template <class Options>
    CLI::App* verb(CLI::App* group, const char* name, const char* meaning,
                   int (*call)(const Options&, const terminal&), Options& options);
    void add_own(CLI::App* group);
    void add_running(CLI::App* group);
    void add_forks(CLI::App* group);

    CLI::App& app_;
    action& chosen_;
    witness_init_options init_;
    witness_log_options log_;
    witness_serve_options serve_;
    witness_watch_options watch_;
    witness_folder_options folder_;
    fork_options fork_;
};

}  // namespace veche::cli
