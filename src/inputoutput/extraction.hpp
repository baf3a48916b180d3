#pragma once
// What output stops when links of supply stop: hypothetical extraction (Paelinck, de Caevel and
// Degueldre 1965; Dietzenbacher and Lahr 2013), several links at once.

#include <string>
#include <vector>

#include "inputoutput/system.hpp"
#include "kernel/result.hpp"

namespace veche::inputoutput {

/// A link that stops, wholly or in part. "" stands for all regions but the other end's, or for
/// all sectors: a partner's whole supply to a member is {.from_region, .to_region}. Flows within
/// a region are not touched unless both ends name it.
struct stopped_link {
    std::string from_region, from_sector, to_region, to_sector;
    double share = 1;        ///< of the flows: above 0 and up to 1
    bool final_use = false;  ///< deliveries to final use of `to_region` stop too (only where
                             ///< `to_sector` is "")
};

struct producer_loss {
    std::string label;
    double output = 0;      ///< before
    double upstream = 0;    ///< output no longer needed, as buyers of buyers stop buying (Leontief)
    double downstream = 0;  ///< output no longer made, as inputs fail to come (Ghosh)
    double inputs_lost = 0;  ///< share of its own inputs that no longer come, directly
};

struct region_loss {
    std::string region;
    double output = 0;
    double upstream = 0, downstream = 0;
    double value_added_upstream = 0, value_added_downstream = 0;
};

struct extraction {
    std::string method;  ///< "hypothetical extraction: ..."
    std::string unit;
    std::size_t links = 0;
    double flows_stopped = 0;  ///< between producers
    double final_use_stopped = 0;
    std::vector<producer_loss> producers;  ///< in the table's order
    std::vector<region_loss> regions;
    std::vector<std::string> caveats;
};

/// Where several links touch one flow the largest share counts, so that the order of links decides
/// nothing. Upstream: I - A with the flows struck out, solved for the final use that is left.
/// Downstream: allocation coefficients with the flows struck out, solved for primary inputs as
/// they are. Takes one factorisation more. Refuses unknown names and shares outside (0, 1].
result<extraction> extract(const leontief_system& of, const std::vector<stopped_link>& links);

}  // namespace veche::inputoutput
