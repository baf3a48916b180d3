// What a rule must know of the ballots: whether counts are enough, whether a weight may be split.

#include <algorithm>

#include "charter/rule.hpp"

namespace veche::charter {

namespace {

/// Whatever a split voter has said, these count the voter the same way.
bool sees_no_choice(selection sel) {
    switch (sel) {
        case selection::absent:
        case selection::present:
        case selection::cast:
        case selection::participating:
        case selection::seats:
            return true;
        case selection::yes:
        case selection::no:
        case selection::abstain:
        case selection::decisive:
        case selection::notyes:
            break;
    }
    return false;
}

names_needed needs_names(const condition& c) {
    switch (c.kind) {
        case condition_kind::each:
        case condition_kind::within:
            return names_needed::groups;
        case condition_kind::none_of:
            return names_needed::voters;
        case condition_kind::compare:
            for (const measure* m : {&c.left, &c.right})
                if (m->kind != measure_kind::integer && m->weight != "count")
                    return names_needed::weights;
            return names_needed::no;
        case condition_kind::all:
        case condition_kind::any:
        case condition_kind::negation:
            break;
    }
    for (const condition& part : c.parts)
        if (const auto why = needs_names(part); why != names_needed::no) return why;
    return names_needed::no;
}

bool may_split(const condition& c, std::string_view weight) {
    if (c.kind == condition_kind::none_of) return sees_no_choice(c.sel);
    for (const measure* m : {&c.left, &c.right})
        if (c.kind == condition_kind::compare && m->kind == measure_kind::selection &&
            m->weight != weight && !sees_no_choice(m->sel))
            return false;
    return std::all_of(c.parts.begin(), c.parts.end(),
                       [&](const condition& part) { return may_split(part, weight); });
}

}  // namespace

names_needed needs_names(const rule& r, bloc_mode blocs) {
    if (blocs != bloc_mode::none) return names_needed::blocs;
    if (r.tie == tie_break::chair) return names_needed::chair;
    std::vector<const condition*> all{&r.pass};
    for (const condition& c : r.quorum) all.push_back(&c);
    if (r.against) all.push_back(&*r.against);
    for (const condition* c : all)
        if (const auto why = needs_names(*c); why != names_needed::no) return why;
    return names_needed::no;
}

bool may_split(const rule& r, std::string_view weight, bloc_mode blocs) {
    // The seats of a bloc have one voice, and a tie is one of voters by number.
    if (blocs != bloc_mode::none || r.tie != tie_break::reject) return false;
    return weights_used(r).contains(std::string(weight)) && may_split(r.pass, weight) &&
           (!r.against || may_split(*r.against, weight)) &&
           std::all_of(r.quorum.begin(), r.quorum.end(),
                       [&](const condition& c) { return may_split(c, weight); });
}

}  // namespace veche::charter
