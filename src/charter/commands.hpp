#pragma once
// What one may ask of the charter.

#include "charter/charter.hpp"

namespace veche::charter {

struct found {
    static constexpr wire_info wire{"charter.found", 1,
                                    "Found the union: the first entry of its journal."};
    charter_document document;
};
VECHE_FIELDS(found, (document, "The charter."))

struct amend {
    static constexpr wire_info wire{
        "charter.amend", 1,
        "Change the charter. Only a decision can order it, as the charter says."};
    charter_document changes;
    std::vector<table_entry> removals;
};
VECHE_FIELDS(amend, (changes, "Rows to be put by id, and parts to be replaced."),
             (removals, "Rows to be removed."))

struct grant_mandate {
    static constexpr wire_info wire{"charter.grant_mandate", 1,
                                    "Give a person a seat or an office, from a day on."};
    charter::mandate mandate;
};
VECHE_FIELDS(grant_mandate, (mandate, "The mandate."))

struct end_mandate {
    static constexpr wire_info wire{"charter.end_mandate", 1, "Set the last day of a mandate."};
    std::string mandate;
    date until;
};
VECHE_FIELDS(end_mandate, (mandate, "Id of the mandate."), (until, "Its last day."))

struct world {
    const state& charter;
};

// Check, without changing anything. Nothing follows from these commands but what they say.
result<events> decide(const world&, const found&, const context&);
result<events> decide(const world&, const amend&, const context&);
result<events> decide(const world&, const grant_mandate&, const context&);
result<events> decide(const world&, const end_mandate&, const context&);

// Fold; total on what decide let pass.
void apply(state&, const found&, const context&);
void apply(state&, const amend&, const context&);
void apply(state&, const grant_mandate&, const context&);
void apply(state&, const end_mandate&, const context&);

}  // namespace veche::charter
