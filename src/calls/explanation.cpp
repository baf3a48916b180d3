// The reason of each choice: the applicant's own figures beside the cutoff, nobody else's.

#include <algorithm>

#include "calls/run.hpp"
#include "calls/viewing.hpp"

namespace veche::calls {
namespace {

/// What the applicant is compared with at a programme: of the entries open to the applicant the one
/// that let in the lowest, in the round that was kindest.
struct compared {
    std::int64_t seats = 0;
    std::optional<cutoff> lowest;
    bool other_groups = false;  ///< places are held for groups that are not the applicant's
};

bool lower(const cutoff& a, const cutoff& b) {
    if (*a.score != *b.score) return *a.score < *b.score;
    return a.key.value_or("") > b.key.value_or("");
}

compared compare(const call& c, const application& a, const std::optional<place_id>& programme) {
    compared out;
    for (const allocation_round& round : c.rounds)
        for (const cutoff& one : round.made.cutoffs) {
            if (one.programme != programme) continue;
            if (round.made.round == 1) out.seats += one.seats;
            if (one.group && !a.in_group(*one.group)) {
                out.other_groups = true;
                continue;
            }
            if (one.score && (!out.lowest || lower(one, *out.lowest))) out.lowest = one;
        }
    return out;
}

choice_outcome outcome_of(const application& a, const compared& with, std::int64_t score,
                          const std::string& key) {
    if (!with.lowest)
        return with.other_groups ? choice_outcome::quota_full : choice_outcome::waiting;
    if (score < *with.lowest->score) return choice_outcome::below_cutoff;
    if (score == *with.lowest->score && with.lowest->key && key > *with.lowest->key)
        return choice_outcome::lost_lottery;
    // Met, and yet not offered: a project that did not fit into the rest of the budget.
    return a.asked.asks ? choice_outcome::quota_full : choice_outcome::not_needed;
}

/// One choice of an application that took part.
class explainer {
  public:
    explainer(const call& c, const application& a) : call_(c), app_(a), score_(score_of(c, a)) {}

    choice_explanation explain(std::int32_t number, const std::optional<place_id>& programme) {
        choice_explanation out;
        out.choice = number;
        out.programme = programme;
        if (programme) out.title = call_.find(*programme)->title;
        out.your_score = score_;
        for (const standing& one : app_.standings)
            if (one.programme == programme) out.your_rank = one.rank;
        if (call_.rounds.empty())
            out.outcome = choice_outcome::waiting;
        else
            fill(programme, out);
        return out;
    }

  private:
    void fill(const std::optional<place_id>& programme, choice_explanation& out) {
        const compared with = compare(call_, app_, programme);
        out.seats = with.seats;
        if (with.lowest) {
            out.cutoff_score = with.lowest->score;
            out.cutoff_key = with.lowest->key;
        }
        if (draws_lots(call_.asked))
            out.your_key = to_hex(key_of(call_, seed_of(call_), programme, app_.applicant));
        const offer* held = offered_there(programme);
        if (held) {
            out.outcome = choice_outcome::placed;
            out.reserve_used = held->group;
            placed_ = true;
        } else if (app_.set_aside || (programme && call_.is_set_aside(*programme))) {
            out.outcome = choice_outcome::set_aside;
        } else if (app_.eligible != eligibility::eligible) {
            out.outcome = choice_outcome::ineligible;
        } else if (placed_) {
            out.outcome = choice_outcome::not_needed;
        } else {
            out.outcome = outcome_of(app_, with, score_, out.your_key.value_or(""));
        }
        const bool short_of = out.outcome == choice_outcome::below_cutoff ||
                              out.outcome == choice_outcome::lost_lottery;
        // One point more than the last score always suffices; the score itself where it was more.
        if (short_of)
            out.sufficient_score = out.outcome == choice_outcome::below_cutoff && !with.lowest->key
                                       ? *with.lowest->score
                                       : *with.lowest->score + 1;
    }
    [[nodiscard]] const offer* offered_there(const std::optional<place_id>& programme) const {
        for (const offer& one : app_.offers)
            if (one.programme == programme) return &one;
        return nullptr;
    }

    const call& call_;
    const application& app_;
    const std::int64_t score_;
    bool placed_ = false;
};

}  // namespace

std::vector<choice_explanation> explain(const state& s, const call& c, const application& a) {
    if (by_hosts(c.asked)) return explain_by_hosts(s, c, a);
    std::vector<choice_explanation> out;
    explainer one(c, a);
    // A budget is explained by the money of its voters: see the view of a project.
    if (by_vote(c.asked)) return out;
    if (by_money(c.asked)) {
        out.push_back(one.explain(1, std::nullopt));
        return out;
    }
    for (std::size_t i = 0; i < a.asked.choices.size(); ++i)
        out.push_back(one.explain(static_cast<std::int32_t>(i) + 1, a.asked.choices[i]));
    return out;
}

}  // namespace veche::calls
