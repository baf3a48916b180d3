#pragma once
// Data sets and findings as the journal tells of them.

#include "evidence/commands.hpp"
#include "kernel/cow.hpp"

namespace veche::evidence {

/// Who did something, under which office, when and by which entry.
struct doing {
    person_id by;
    std::string as;
    instant at;
    std::uint64_t seq = 0;
};

/// Something taken back, and why.
struct taking_back {
    doing done;
    localized reason;
};

struct dataset {
    register_dataset what;
    doing registered;
    std::optional<dataset_id> replaced_by;
    std::optional<taking_back> withdrawn;
    std::vector<finding_id> used_by;  ///< in the order of their publication
};

struct review {
    doing done;
    review_outcome outcome{};
    content_ref result;
    std::string program;
    localized note;
};

struct attachment {
    subject to;
    doing done;
};

struct finding {
    publish_finding what;
    doing published;
    std::vector<review> reviews;
    std::vector<attachment> attached;
    std::optional<finding_id> corrected_by;
    std::optional<taking_back> withdrawn;

    [[nodiscard]] bool stands() const { return !corrected_by && !withdrawn; }
};

struct state {
    cow_map<dataset_id, dataset> datasets;
    cow_map<finding_id, finding> findings;
    cow_map<subject, std::vector<finding_id>>
        about;  ///< in the order in which they were laid there
};

}  // namespace veche::evidence
