// Methods that count once: approval, plurality, yes and no.

#include <algorithm>

#include "elections/lot.hpp"
#include "elections/stv.hpp"

namespace veche::elections {

namespace {

struct score {
    std::int64_t yes = 0;
    std::int64_t no = 0;
    bool operator==(const score&) const = default;
};

class single_count {
  public:
    single_count(const contest& c, const read_papers& papers)
        : contest_(c), drum_(c.seed), scores_(c.candidates.size()), valid_(papers.valid) {
        for (const read_paper& p : papers.papers) {
            for (const position one : p.marks) scores_[one].yes += p.count;
            for (const position one : p.against) scores_[one].no += p.count;
        }
        made_.how = c.how;
        made_.needs = c.needs;
        made_.posts = c.posts;
        made_.papers = papers.valid;
        made_.blank = papers.blank;
    }

    result<certificate> run() {
        say_majority();
        std::vector<position> rivals = able();
        // Where a majority is missed, the first two meet again.
        const bool again = contest_.how == method::plurality && rivals.empty() &&
                           contest_.candidates.size() > 2 && valid_ > 0;
        if (again) VECHE_CHECK(send_to_runoff());
        while (!rivals.empty() && made_.elected.size() < places()) {
            const position next = VECHE_TRY(first_of(rivals, places() - made_.elected.size()));
            std::erase(rivals, next);
            elect(next);
        }
        close(again);
        return std::move(made_);
    }

  private:
    [[nodiscard]] std::size_t places() const { return static_cast<std::size_t>(contest_.posts); }
    [[nodiscard]] const std::string& name(position p) const { return contest_.candidates[p]; }
    [[nodiscard]] bool judged() const { return contest_.how == method::yes_no; }

    void because(std::string code, std::vector<std::string> args) {
        stage_.reasons.push_back({std::move(code), std::move(args)});
    }

    /// More than half of this many is needed; of nothing where the most votes are enough.
    [[nodiscard]] std::int64_t majority_of() const {
        switch (contest_.needs) {
            case needed::most:
                return 0;
            case needed::majority_of_papers:
                return valid_;
            case needed::majority_of_electors:
                return contest_.electors;
        }
        return 0;
    }

    void say_majority() {
        if (valid_ == 0) return because("no_papers", {});
        if (contest_.needs != needed::most)
            because("majority", {votes_text((majority_of() / 2 + 1) * unit)});
    }

    [[nodiscard]] bool enough(const score& s) const {
        if (s.yes == 0) return false;
        if (judged() && s.yes <= s.no) return false;
        return contest_.needs == needed::most || 2 * s.yes > majority_of();
    }

    [[nodiscard]] std::vector<position> able() const {
        std::vector<position> found;
        for (position p = 0; p < scores_.size(); ++p)
            if (enough(scores_[p])) found.push_back(p);
        return found;
    }

    /// The most yes, then the fewest no, then a lot; no lot where all who tie find a place.
    result<position> first_of(const std::vector<position>& rivals, std::size_t left) {
        score best = scores_[rivals.front()];
        for (const position p : rivals)
            if (ahead(scores_[p], best)) best = scores_[p];
        std::vector<position> tied;
        for (const position p : rivals)
            if (scores_[p] == best) tied.push_back(p);
        if (tied.size() <= left) return tied.front();
        std::vector<std::string> names;
        for (const position p : tied) names.push_back(name(p));
        const std::size_t drawn = VECHE_TRY(drum_.draw(names, stage_.lots));
        because("tie_by_lot", {std::to_string(stage_.lots.back().number)});
        return tied[drawn];
    }

    [[nodiscard]] static bool ahead(const score& a, const score& b) {
        return a.yes != b.yes ? a.yes > b.yes : a.no < b.no;
    }

    /// Two places in the second round; a tie for them goes to lot like any other.
    result<void> send_to_runoff() {
        std::vector<position> rivals(scores_.size());
        for (position p = 0; p < rivals.size(); ++p) rivals[p] = p;
        while (made_.runoff.size() < 2) {
            const position next = VECHE_TRY(first_of(rivals, 2 - made_.runoff.size()));
            made_.runoff.push_back(name(next));
            std::erase(rivals, next);
        }
        because("runoff", made_.runoff);
        return {};
    }

    void elect(position p) {
        const score& s = scores_[p];
        stage_.elected.push_back(name(p));
        made_.elected.push_back(name(p));
        if (judged())
            because("more_yes", {name(p), votes_text(s.yes * unit), votes_text(s.no * unit)});
        else
            because("most_votes", {name(p), votes_text(s.yes * unit)});
    }

    void close(bool again) {
        for (position p = 0; p < scores_.size(); ++p) {
            const bool in = std::find(made_.elected.begin(), made_.elected.end(), name(p)) !=
                            made_.elected.end();
            const bool stays =
                std::find(made_.runoff.begin(), made_.runoff.end(), name(p)) != made_.runoff.end();
            row r{name(p), scores_[p].yes * unit, scores_[p].yes * unit, std::nullopt,
                  in      ? standing::elected
                  : stays ? standing::continuing
                          : standing::excluded};
            if (judged()) r.against = scores_[p].no * unit;
            if (!again && !in && valid_ > 0 && !enough(scores_[p]))
                because("not_enough", {name(p), votes_text(r.votes)});
            stage_.rows.push_back(std::move(r));
        }
        made_.stages.push_back(std::move(stage_));
        made_.outcome = again                              ? result_kind::runoff
                        : made_.elected.size() == places() ? result_kind::filled
                        : made_.elected.empty()            ? result_kind::nobody
                                                           : result_kind::partly_filled;
    }

    const contest& contest_;
    lot_drum drum_;
    std::vector<score> scores_;
    std::int64_t valid_ = 0;
    stage stage_;
    certificate made_;
};

}  // namespace

result<certificate> count_once(const contest& c, const read_papers& papers) {
    return single_count(c, papers).run();
}

result<certificate> count(const contest& c) {
    const read_papers papers = VECHE_TRY(read(c));
    return c.how == method::stv ? count_stv(c, papers) : count_once(c, papers);
}

std::string votes_text(std::int64_t votes) {
    std::string cut = std::to_string(votes % unit);
    return std::to_string(votes / unit) + "." + std::string(5 - cut.size(), '0') + cut;
}

}  // namespace veche::elections
