#include "shares/certificate_tools.hpp"

namespace veche::shares::checking {
namespace {

/// Takes the awards one by one and says of each whether the law demands it there.
class dutch_replay {
  public:
    dutch_replay(const contest& in, const certificate& made, const std::vector<std::size_t>& rank)
        : in_(in), made_(made), rank_(rank), lists_(in.parties.size()) {
        for (const party& p : in.parties) votes_ += whole_of(p.votes);
        left_ = in.seats;
    }

    std::string fault() {
        std::size_t at = 0;
        std::string wrong = whole_quotas(at);
        if (wrong.empty()) wrong = residual(at);
        if (wrong.empty()) wrong = majority(at);
        if (wrong.empty()) wrong = exhaustion(at);
        if (wrong.empty()) wrong = residual(at);
        if (!wrong.empty()) return wrong;
        if (at != made_.awards.size()) return "there are more awards than the law has";
        for (std::size_t i = 0; i < lists_.size(); ++i)
            if (lists_[i].seats != made_.given[i]) return "the awards do not sum up to the seats";
        return {};
    }

  private:
    struct list_state {
        std::int64_t seats = 0;
        int remainders = 0;
        int single_averages = 0;
        bool gave_back = false;
        bool out = false;
    };

    [[nodiscard]] huge votes(std::size_t i) const { return whole_of(in_.parties[i].votes); }
    [[nodiscard]] huge house() const { return whole_of(in_.seats); }

    std::string whole_quotas(std::size_t& at) {
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            const auto due = static_cast<std::int64_t>(votes(i) * house() / votes_);
            lists_[i].seats = due;
            left_ -= due;
            if (due == 0) continue;
            const award expected{award_kind::whole_quota, in_.parties[i].name, due};
            if (at == made_.awards.size() || !(made_.awards[at] == expected))
                return in_.parties[i].name + " does not get its whole quotas";
            ++at;
        }
        return {};
    }

    [[nodiscard]] bool may(award_kind how, std::size_t i) const {
        const list_state& one = lists_[i];
        if (votes(i) == 0 || one.out) return false;
        if (how == award_kind::largest_remainder)
            return 4 * votes(i) * house() >= 3 * votes_ &&
                   (one.remainders == 0 || (one.gave_back && one.remainders == 1));
        if (how == award_kind::one_average)
            return one.single_averages == 0 ||
                   (one.gave_back && one.single_averages == 1 && one.remainders <= 1);
        return true;
    }

    /// The first kind of seat for which anybody is left.
    [[nodiscard]] award_kind due_kind() const {
        if (in_.seats < 19)
            for (const award_kind how : {award_kind::largest_remainder, award_kind::one_average})
                for (std::size_t i = 0; i < lists_.size(); ++i)
                    if (may(how, i)) return how;
        return award_kind::average;
    }

    [[nodiscard]] int order(award_kind how, std::size_t a, std::size_t b) const {
        if (how == award_kind::largest_remainder) {
            const huge left = votes(a) * house() % votes_;
            const huge right = votes(b) * house() % votes_;
            return left < right ? -1 : static_cast<int>(left > right);
        }
        return order_of(votes(a), whole_of(lists_[a].seats + 1), votes(b),
                        whole_of(lists_[b].seats + 1));
    }

    [[nodiscard]] std::optional<std::size_t> list_named(const std::string& name) const {
        for (std::size_t i = 0; i < lists_.size(); ++i)
            if (in_.parties[i].name == name) return i;
        return std::nullopt;
    }

    std::string residual(std::size_t& at) {
        for (; left_ > 0 && at < made_.awards.size(); ++at) {
            const award& one = made_.awards[at];
            const auto to = list_named(one.party);
            const std::string where = "award " + std::to_string(at + 1);
            if (!to || one.seats != 1 || one.kind != due_kind() || !may(one.kind, *to))
                return where + " is not the one that is due";
            std::int64_t before = 0;
            std::int64_t equal = 0;
            for (std::size_t i = 0; i < lists_.size(); ++i) {
                if (!may(one.kind, i)) continue;
                const int by = order(one.kind, i, *to);
                if (by > 0) return where + " is due to " + in_.parties[i].name;
                equal += by == 0 ? 1 : 0;
                before += by == 0 && rank_[i] < rank_[*to] ? 1 : 0;
            }
            if (equal > left_ && before >= left_)
                return where + " is not settled by the rule for ties";
            remember(one.kind, *to);
            take(one.kind, *to);
            for (std::size_t i = 0; i < lists_.size(); ++i) lists_[i].out = passing_ && full(i);
        }
        return left_ > 0 ? "seats are left over" : "";
    }

    [[nodiscard]] bool full(std::size_t i) const {
        return lists_[i].seats >= in_.parties[i].most.value_or(in_.seats);
    }

    void take(award_kind how, std::size_t i) {
        lists_[i].remainders += how == award_kind::largest_remainder ? 1 : 0;
        lists_[i].single_averages += how == award_kind::one_average ? 1 : 0;
        ++lists_[i].seats;
        --left_;
    }

    /// Those who got the last seats for the same figure: from one of them P 9 takes one.
    void remember(award_kind how, std::size_t i) {
        const huge num =
            how == award_kind::largest_remainder ? votes(i) * house() % votes_ : votes(i);
        const huge den = how == award_kind::largest_remainder ? 1 : whole_of(lists_[i].seats + 1);
        if (last_.empty() || how != last_kind_ || order_of(num, den, num_, den_) != 0)
            last_.clear();
        last_.push_back(i);
        last_kind_ = how;
        num_ = num;
        den_ = den;
    }

    std::string majority(std::size_t& at) {
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            if (last_.empty() || votes(i) * 2 <= votes_ || lists_[i].seats * 2 > in_.seats)
                continue;
            const std::size_t from = *std::min_element(
                last_.begin(), last_.end(),
                [&](std::size_t a, std::size_t b) { return rank_[a] < rank_[b]; });
            if (from == i) return {};
            const award taken{award_kind::taken_for_majority, in_.parties[from].name, -1};
            const award given{award_kind::majority, in_.parties[i].name, 1};
            if (at + 1 >= made_.awards.size() || !(made_.awards[at] == taken) ||
                !(made_.awards[at + 1] == given))
                return "the list with the majority of votes does not get its seat";
            at += 2;
            --lists_[from].seats;
            lists_[from].gave_back = true;
            ++lists_[i].seats;
            return {};
        }
        return {};
    }

    std::string exhaustion(std::size_t& at) {
        passing_ = true;
        for (std::size_t i = 0; i < lists_.size(); ++i) {
            const std::int64_t over = lists_[i].seats - in_.parties[i].most.value_or(in_.seats);
            if (over > 0) {
                const award taken{award_kind::exhausted, in_.parties[i].name, -over};
                if (at == made_.awards.size() || !(made_.awards[at] == taken))
                    return in_.parties[i].name + " has more seats than candidates";
                ++at;
                lists_[i].seats -= over;
                left_ += over;
            }
            lists_[i].out = full(i);
        }
        return {};
    }

    const contest& in_;
    const certificate& made_;
    const std::vector<std::size_t>& rank_;
    std::vector<list_state> lists_;
    huge votes_ = 0;
    std::int64_t left_ = 0;
    bool passing_ = false;
    std::vector<std::size_t> last_;
    award_kind last_kind_{};
    huge num_ = 0;
    huge den_ = 1;
};

}  // namespace

std::string fault_of_dutch_law(const contest& in, const certificate& made,
                               const std::vector<std::size_t>& rank) {
    if (made.decided) return dutch_replay(in, made, rank).fault();
    std::vector<std::int64_t> certain = made.given;
    if (!made.tied_outcomes.empty()) certain = made.tied_outcomes.front();
    for (const auto& outcome : made.tied_outcomes)
        for (std::size_t i = 0; i < certain.size(); ++i)
            certain[i] = std::min(certain[i], outcome[i]);
    if (certain != made.given) return "seats are open that every outcome gives, or the reverse";
    return made.outcomes > 1 ? "" : "seats are open, and there is one outcome";
}

}  // namespace veche::shares::checking
