#pragma once
// The subcommands of `veche trade` on the command line.

#include <functional>

#include "cli/trade.hpp"

namespace CLI {
class App;
}

namespace veche::cli {

class trade_verbs {
  public:
    using action = std::function<int(const terminal&)>;

    /// `chosen` is set to the subcommand that is to be called.
    trade_verbs(CLI::App& app, action& chosen) : app_(app), chosen_(chosen) {}
    trade_verbs(const trade_verbs&) = delete;
    trade_verbs& operator=(const trade_verbs&) = delete;

    void add();

  private:
    CLI::App* subcommand(CLI::App* group, const char* name, const char* meaning,
                         int (*call)(const trade_options&, const terminal&), const char* file);
    void add_reading(CLI::App* sub);
    void add_data(CLI::App* group);
    void add_figures(CLI::App* group);
    void add_models(CLI::App* group);
    void add_partners(CLI::App* group);

    CLI::App& app_;
    action& chosen_;
    trade_options options_;
};

}  // namespace veche::cli
