#include "elections/stv.hpp"

#include <algorithm>
#include <utility>

#include "elections/lot.hpp"

namespace veche::elections {

namespace {

__extension__ typedef __int128 wide;

/// Papers that lie with a candidate at one value.
struct bundle {
    std::uint32_t paper = 0;  ///< position among the papers
    std::int64_t value = 0;   ///< of each, in 1/100,000
};

struct pile {
    std::vector<bundle> bundles;
    std::int64_t votes = 0;
    standing stands{};
    bool surplus_pending = false;
};

class stv_count {
  public:
    stv_count(const contest& c, const read_papers& papers)
        : contest_(c),
          papers_(papers.papers),
          drum_(c.seed),
          piles_(c.candidates.size()),
          valid_(papers.valid) {
        made_.how = c.how;
        made_.needs = c.needs;
        made_.posts = c.posts;
        made_.papers = papers.valid;
        made_.blank = papers.blank;
        // Rule 46: the whole of valid papers over places plus one, and one.
        quota_ = (valid_ / (std::int64_t{c.posts} + 1) + 1) * unit;
        made_.quota = quota_;
    }

    result<certificate> run() {
        count_first_preferences();
        while (elected_ < contest_.posts && continuing() > 0) {
            const std::optional<position> next = VECHE_TRY(with_surplus());
            if (next) {
                transfer_surplus(*next);
                continue;
            }
            const position out = VECHE_TRY(lowest());
            exclude(out);
        }
        made_.outcome = elected_ == contest_.posts ? result_kind::filled
                        : elected_ > 0             ? result_kind::partly_filled
                                                   : result_kind::nobody;
        return std::move(made_);
    }

  private:
    [[nodiscard]] const std::string& name(position p) const { return contest_.candidates[p]; }

    [[nodiscard]] std::int64_t continuing() const {
        return std::count_if(piles_.begin(), piles_.end(),
                             [](const pile& p) { return p.stands == standing::continuing; });
    }

    void count_first_preferences() {
        for (std::uint32_t i = 0; i < papers_.size(); ++i) {
            pile& to = piles_[papers_[i].marks.front()];
            to.bundles.push_back({i, unit});
            to.votes += papers_[i].count * unit;
        }
        if (valid_ == 0) {
            // Nobody has a voice behind them: the posts stay empty.
            for (pile& p : piles_) p.stands = standing::excluded;
            because("no_papers", {});
        }
        close_stage(stage_kind::first_count, std::nullopt);
    }

    void because(std::string code, std::vector<std::string> args) {
        stage_.reasons.push_back({std::move(code), std::move(args)});
    }

    /// The next candidate on the paper who continues; nobody where there is none.
    [[nodiscard]] std::optional<position> next_on(const read_paper& p) const {
        for (const position candidate : p.marks)
            if (piles_[candidate].stands == standing::continuing) return candidate;
        return std::nullopt;
    }

    /// Rule 48 (4) and rule 50: papers go to their next continuing candidate at this value.
    void hand_on(const bundle& b, std::int64_t value) {
        const read_paper& p = papers_[b.paper];
        const std::int64_t votes = p.count * value;
        if (const auto to = next_on(p)) {
            piles_[*to].bundles.push_back({b.paper, value});
            piles_[*to].votes += votes;
        } else {
            non_transferable_ += votes;
        }
    }

    /// Rule 48: everything the candidate has, at the value times the surplus over the total, cut
    /// after the fifth decimal. What is cut is shown as the residual.
    void transfer_surplus(position from) {
        pile& of = piles_[from];
        const std::int64_t surplus = of.votes - quota_;
        const std::int64_t total = of.votes;
        because("largest_surplus", {name(from), votes_text(surplus)});
        of.surplus_pending = false;
        of.votes = quota_;
        for (const bundle& b : std::exchange(of.bundles, {}))
            hand_on(b, static_cast<std::int64_t>(wide{b.value} * surplus / total));
        close_stage(stage_kind::surplus, from);
    }

    /// Rule 50: all their papers move at their present value.
    void exclude(position out) {
        pile& of = piles_[out];
        because("lowest", {name(out), votes_text(of.votes)});
        of.stands = standing::excluded;
        of.votes = 0;
        for (const bundle& b : std::exchange(of.bundles, {})) hand_on(b, b.value);
        close_stage(stage_kind::exclusion, out);
    }

    // --- Who is next ----------------------------------------------------------------------------

    /// Rule 49: the largest surplus that waits.
    result<std::optional<position>> with_surplus() {
        std::vector<position> best;
        for (position p = 0; p < piles_.size(); ++p) {
            if (!piles_[p].surplus_pending) continue;
            if (!best.empty() && piles_[p].votes < piles_[best.front()].votes) continue;
            if (!best.empty() && piles_[p].votes > piles_[best.front()].votes) best.clear();
            best.push_back(p);
        }
        if (best.empty()) return std::nullopt;
        return VECHE_TRY(one_of(std::move(best), true));
    }

    result<position> lowest() {
        std::vector<position> low;
        for (position p = 0; p < piles_.size(); ++p) {
            if (piles_[p].stands != standing::continuing) continue;
            if (!low.empty() && piles_[p].votes > piles_[low.front()].votes) continue;
            if (!low.empty() && piles_[p].votes < piles_[low.front()].votes) low.clear();
            low.push_back(p);
        }
        return one_of(std::move(low), false);
    }

    /// Rules 49 (3) and 51: of those who tie, the one who was first (or last) at the latest earlier
    /// stage at which they differed; among those who were equal there too, at a stage before it;
    /// where they never differed, a lot.
    result<position> one_of(std::vector<position> tied, bool first) {
        for (std::size_t s = made_.stages.size(); tied.size() > 1 && s-- > 0;) {
            const std::vector<row>& rows = made_.stages[s].rows;
            std::int64_t best = rows[tied.front()].votes;
            for (const position p : tied)
                best = first ? std::max(best, rows[p].votes) : std::min(best, rows[p].votes);
            const std::size_t before = tied.size();
            std::erase_if(tied, [&](position p) { return rows[p].votes != best; });
            if (tied.size() < before)
                because("tie_at_stage", {std::to_string(made_.stages[s].number)});
        }
        if (tied.size() == 1) return tied.front();
        std::vector<std::string> names;
        for (const position p : tied) names.push_back(name(p));
        const std::size_t drawn = VECHE_TRY(drum_.draw(names, stage_.lots));
        because("tie_by_lot", {std::to_string(stage_.lots.back().number)});
        return tied[drawn];
    }

    // --- The end of a stage ---------------------------------------------------------------------

    void elect(position p, const char* why) {
        pile& of = piles_[p];
        of.stands = standing::elected;
        ++elected_;
        stage_.elected.push_back(name(p));
        made_.elected.push_back(name(p));
        if (std::string_view(why) == "reached_quota") {
            of.surplus_pending = true;
            because(why, {name(p), votes_text(of.votes)});
        } else {
            because(why, {name(p)});
        }
    }

    /// Those who continue, the most votes first, then as they stand on the paper.
    [[nodiscard]] std::vector<position> by_votes() const {
        std::vector<position> order;
        for (position p = 0; p < piles_.size(); ++p)
            if (piles_[p].stands == standing::continuing) order.push_back(p);
        std::stable_sort(order.begin(), order.end(),
                         [&](position a, position b) { return piles_[a].votes > piles_[b].votes; });
        return order;
    }

    /// Rule 47: whoever has reached the quota is elected. Rule 52: where no more continue than
    /// places are left, they fill them and nothing more is transferred.
    void elect_who_may() {
        for (const position p : by_votes())
            if (piles_[p].votes >= quota_ && elected_ < contest_.posts) elect(p, "reached_quota");
        if (continuing() > contest_.posts - elected_) return;
        for (const position p : by_votes()) elect(p, "places_left");
    }

    void close_stage(stage_kind kind, std::optional<position> of) {
        if (valid_ > 0) elect_who_may();
        stage_.number = static_cast<std::int32_t>(made_.stages.size()) + 1;
        stage_.kind = kind;
        if (of) stage_.of = name(*of);
        std::int64_t held = 0;
        for (position p = 0; p < piles_.size(); ++p) {
            const std::int64_t before =
                made_.stages.empty() ? 0 : made_.stages.back().rows[p].votes;
            held += piles_[p].votes;
            stage_.rows.push_back({name(p), piles_[p].votes, piles_[p].votes - before, std::nullopt,
                                   piles_[p].stands});
        }
        stage_.non_transferable = non_transferable_;
        stage_.residual = valid_ * unit - held - non_transferable_;
        made_.stages.push_back(std::exchange(stage_, {}));
    }

    const contest& contest_;
    const std::vector<read_paper>& papers_;
    lot_drum drum_;
    std::vector<pile> piles_;
    std::int64_t valid_ = 0;
    std::int64_t quota_ = 0;
    std::int64_t non_transferable_ = 0;
    std::int32_t elected_ = 0;
    stage stage_;  ///< under way
    certificate made_;
};

}  // namespace

result<certificate> count_stv(const contest& c, const read_papers& papers) {
    return stv_count(c, papers).run();
}

}  // namespace veche::elections
