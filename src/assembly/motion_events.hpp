#pragma once
// What follows from votes on amendments.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assembly/motion_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

/// An adopted amendment was merged. The words follow from the text as tabled and the amendments
/// adopted so far, in their order; the entry holds their fingerprints, so that it fits whatever the
/// length of the text and a replay still notices one changed letter.
struct text_amended {
    static constexpr wire_info wire{"assembly.text_amended", 1,
                                    "An adopted amendment was merged into the text."};
    motion_id motion;
    amendment_id adopted;
    std::optional<amendment_id> amendment;
    std::map<std::string, std::string> sha256;
    std::vector<std::string> left_behind;
    std::vector<amendment_id> fallen;
};
VECHE_FIELDS(text_amended, (motion, "The motion."), (adopted, "The amendment that was adopted."),
             (amendment, "The amendment whose words changed; the motion's where nothing is said."),
             (sha256, "SHA-256 of the text as it stands now, by language."),
             (left_behind, "Languages in which the text could not follow."),
             (fallen, "Amendments that are no longer voted on: their place is settled."))

}  // namespace veche::assembly
