#pragma once
// The subcommands of `veche doses` on the command line.

#include <functional>

#include "cli/doses.hpp"

namespace CLI {
class App;
}

namespace veche::cli {

class dose_verbs {
  public:
    using action = std::function<int(const terminal&)>;

    /// `chosen` is set to the subcommand that is to be called.
    dose_verbs(CLI::App& app, action& chosen) : app_(app), chosen_(chosen) {}
    dose_verbs(const dose_verbs&) = delete;
    dose_verbs& operator=(const dose_verbs&) = delete;

    void add();

  private:
    template <class Options>
    CLI::App* subcommand(CLI::App* group, const char* name, const char* meaning,
                         int (*call)(const Options&, const terminal&), Options& options);
    void add_plan(CLI::App* group);
    void add_policies(CLI::App* group);

    CLI::App& app_;
    action& chosen_;
    dose_book_options book_;
    dose_share_options share_;
    dose_plan_options plan_;
    dose_policy_options policies_;
};

}  // namespace veche::cli
