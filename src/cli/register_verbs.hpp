#pragma once
// The verbs that read and fill the registers of a union: places and links, barriers, preventive
// measures, counts of an epidemic.

#include <functional>

#include "cli/barriers.hpp"
#include "cli/prevention.hpp"
#include "cli/situation.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace CLI {
class App;
}

namespace veche::cli {

class register_verbs {
  public:
    using action = std::function<int(const terminal&)>;

    /// `chosen` is set to the verb that is to be called.
    register_verbs(CLI::App& app, action& chosen) : app_(app), chosen_(chosen) {}
    register_verbs(const register_verbs&) = delete;
    register_verbs& operator=(const register_verbs&) = delete;

    void add();

  private:
    template <class Options>
    CLI::App* verb_in(CLI::App* group, const char* name, const char* meaning,
                      int (*call)(const Options&, const terminal&), Options& options);

    void add_registry();
    void add_measures();
    void add_situation();
    void add_barriers();
    void add_barriers_reading(CLI::App* group);
    void add_barriers_reporting(CLI::App* group);
    void add_barriers_import(CLI::App* group);

    CLI::App& app_;
    action& chosen_;
    registry_import_options registry_import_;
    registry_year_options registry_year_;
    order_import_options order_import_;
    barriers_options barriers_;
    barrier_report_options barrier_report_;
    barriers_import_options barriers_import_;
    situation_import_options situation_import_;
};

}  // namespace veche::cli
