#pragma once
// The verbs of the engines: they work on files, without any union.

#include <functional>

#include "cli/couples.hpp"
#include "cli/doses.hpp"
#include "cli/elect.hpp"
#include "cli/equilibrium.hpp"
#include "cli/finding.hpp"
#include "cli/gravity.hpp"
#include "cli/inputoutput.hpp"
#include "cli/match.hpp"
#include "cli/rt.hpp"
#include "cli/seir.hpp"
#include "cli/share.hpp"
#include "cli/shares.hpp"
#include "cli/shuffle.hpp"
#include "cli/teams.hpp"
#include "cli/terminal.hpp"
#include "cli/trade_verbs.hpp"
#include "cli/vectors.hpp"

namespace CLI {
class App;
}

namespace veche::cli {

class engine_verbs {
  public:
    using action = std::function<int(const terminal&)>;

    /// `chosen` is set to the verb that is to be called.
    engine_verbs(CLI::App& app, action& chosen) : app_(app), chosen_(chosen), trade_(app, chosen) {}
    engine_verbs(const engine_verbs&) = delete;
    engine_verbs& operator=(const engine_verbs&) = delete;

    void add();

  private:
    template <class Options>
    CLI::App* verb(const char* name, const char* meaning,
                   int (*call)(const Options&, const terminal&), Options& options);

    template <class Options>
    CLI::App* subcommand(CLI::App* group, const char* name, const char* meaning,
                         int (*call)(const Options&, const terminal&), Options& options);

    void add_elect();
    void add_apportion();
    void add_divide();
    void add_deliver();
    void add_vectors();
    void add_share();
    void add_match();
    void add_couples();
    void add_teams();
    void add_panel();
    void add_shuffle();
    void add_finding();
    void add_inputoutput();
    void add_io_source(CLI::App* sub);
    void add_gravity();
    void add_equilibrium();
    void add_rt();
    void add_seir();
    void add_doses();
    void add_dose_plan(CLI::App* group);
    void add_dose_command(CLI::App* plan);
    void add_dose_policies(CLI::App* group);

    CLI::App& app_;
    action& chosen_;
    elect_options elect_;
    apportion_options apportion_;
    divide_options divide_;
    deliver_options deliver_;
    vectors_options vectors_;
    share_options share_;
    match_options match_;
    couples_options couples_;
    teams_options teams_;
    panel_options panel_;
    shuffle_options shuffle_;
    finding_options finding_;
    finding_methods_options finding_methods_;
    io_options io_;
    trade_verbs trade_;
    gravity_options gravity_;
    equilibrium_options equilibrium_;
    rt_options rt_;
    seir_options seir_;
    dose_book_options dose_book_;
    dose_share_options dose_share_;
    dose_plan_options dose_plan_;
    dose_policy_options dose_policies_;
};

}  // namespace veche::cli
