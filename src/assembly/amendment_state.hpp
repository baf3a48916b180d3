#pragma once
// One amendment as it is known.

#include <optional>
#include <string>
#include <vector>

#include "assembly/bundles.hpp"
#include "assembly/motion_terms.hpp"
#include "assembly/supporters.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct amendment {
    amendment_id id;
    motion_id motion;
    std::optional<amendment_id> amends;
    amendment_kind kind{};
    std::int32_t place = 0;                ///< paragraph or order, from 1; 0 is the head
    localized original;                    ///< its words as tabled
    localized text;                        ///< the same with adopted amendments to it
    std::vector<std::string> left_behind;  ///< languages in which those could not follow
    std::optional<enactment> order;
    localized reason;
    person_id tabled_by;
    std::string tabled_as;
    instant at;
    amendment_status status = amendment_status::tabled;
    std::vector<amendment_id> amendments;  ///< to it, in the order they were tabled
    std::vector<amendment_id> adopted;     ///< of these, in the order of adoption
    std::int64_t distance = 0;             ///< from the text it amends, in words
    std::vector<vote_id> votes;
    assembly::support support;
    std::optional<bundle_id> bundle;  ///< latest in which it was put
    std::uint64_t seq = 0;
};

}  // namespace veche::assembly
