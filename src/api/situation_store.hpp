#pragma once
// Reproduction numbers of regions as they were asked for once: estimated from what the journal had
// at one of its entries, so that they hold as long as nobody reports.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "epidemic/assessment.hpp"
#include "epidemic/nowcast.hpp"
#include "situation/views.hpp"

namespace veche::api {

/// Cases of one region by day, and what follows from them.
struct assessed_counts {
    std::vector<date> days;
    std::vector<double> cases;  ///< what each day added; missing and falling sums add nothing
    bool spread_out = false;    ///< figures are of several days each, spread over them
    /// Why there are no estimates: "few_days", or "" where there are.
    std::string lacks;
    epidemic::assessment made;
    epidemic::nowcast now;  ///< without days where delays were never seen
    std::vector<epidemic::mixed_estimate> over_now;
};

/// `every_days`: how often figures are expected.
assessed_counts assess_counts(const situation::counts_view&, const situation::method_row&,
                              std::int32_t every_days);

class situation_store {
  public:
    using maker = std::function<result<assessed_counts>()>;
    static constexpr std::size_t most_held = 400;  ///< regions; some 150 KB each

    /// `key` says of which region, by which method and as of which report.
    result<std::shared_ptr<const assessed_counts>> get(const std::string& key, const maker& make);

  private:
    std::mutex guard_;
    std::map<std::string, std::shared_ptr<const assessed_counts>> held_;
};

}  // namespace veche::api
