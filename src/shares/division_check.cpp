#include "shares/certificate_check.hpp"
#include "shares/certificate_tools.hpp"

namespace veche::shares {

using namespace checking;

namespace {

/// A division with its certificate, read once.
class division_judge {
  public:
    division_judge(const division& in, const division_certificate& made) : in_(in), made_(made) {}

    std::string fault() {
        if (made_.rule != in_.rule || made_.amount != in_.amount)
            return "the certificate is of another rule or amount";
        if (made_.exact.size() != in_.claimants.size() ||
            made_.units.size() != in_.claimants.size())
            return "there is not one share for each claimant";
        for (const std::string& text : made_.exact) {
            const auto one = read_fraction(text);
            if (!one) return "a share is no fraction";
            shares_.push_back({one->first, one->second});
        }
        for (const claimant& c : in_.claimants) claims_ += c.claim;
        for (const auto step : {&division_judge::left_over, &division_judge::levels,
                                &division_judge::formula, &division_judge::units}) {
            const std::string wrong = (this->*step)();
            if (!wrong.empty()) return wrong;
        }
        return {};
    }

  private:
    [[nodiscard]] std::int64_t weight(const claimant& c) const {
        if (in_.rule == division_rule::max_min) return c.weight.value_or(1);
        return in_.rule == division_rule::proportional ? c.weight.value_or(c.claim) : 1;
    }

    std::string left_over() {
        std::int64_t reachable = 0;
        for (const claimant& c : in_.claimants)
            if (weight(c) > 0) reachable += c.claim;
        const std::int64_t given = std::min(in_.amount, reachable);
        if (made_.left_over != in_.amount - given) return "something else is left over";
        const bool talmud = in_.rule == division_rule::talmud;
        const bool losses =
            in_.rule == division_rule::equal_losses || (talmud && 2 * given > claims_);
        if (made_.losses != losses) return "the levels are of the other side";
        return {};
    }

    /// Where the claimant stops, whatever the level: the claim, or half of it, for a unit of
    /// weight.
    [[nodiscard]] quotient_of_seat brim(const claimant& c) const {
        const huge halves = in_.rule == division_rule::talmud ? 2 : 1;
        return {whole_of(c.claim), whole_of(weight(c)) * halves};
    }

    std::string levels() {
        if (made_.levels.empty()) return everybody_without_weight();
        std::vector<std::string> named;
        for (std::size_t n = 0; n < made_.levels.size(); ++n) {
            const auto read = read_fraction(made_.levels[n].level);
            if (!read) return "a level is no fraction";
            const quotient_of_seat level{read->first, read->second};
            if (n > 0 && order_of(top_, level) >= 0) return "the levels do not rise";
            top_ = level;
            const bool last = n + 1 == made_.levels.size();
            for (const std::string& name : made_.levels[n].frozen) {
                const claimant* c = claimant_named(name);
                if (c == nullptr || weight(*c) == 0) return "a level names nobody who rises";
                const int by = order_of(brim(*c), level);
                if (by < 0 || (by > 0 && !last)) return name + " does not stop at its level";
                named.push_back(name);
            }
            if (made_.levels[n].frozen.empty()) return "nobody stops at a level";
        }
        std::vector<std::string> all;
        for (const claimant& c : in_.claimants)
            if (weight(c) > 0) all.push_back(c.name);
        std::sort(all.begin(), all.end());
        std::sort(named.begin(), named.end());
        return all == named ? "" : "not everybody stops at exactly one level";
    }

    std::string everybody_without_weight() const {
        for (const claimant& c : in_.claimants)
            if (weight(c) > 0) return "there is no level";
        return {};
    }

    [[nodiscard]] const claimant* claimant_named(const std::string& name) const {
        for (const claimant& c : in_.claimants)
            if (c.name == name) return &c;
        return nullptr;
    }

    /// Every share is the lesser of brim and level; of losses, what remains of the claim.
    std::string formula() {
        for (std::size_t i = 0; i < shares_.size(); ++i) {
            const claimant& c = in_.claimants[i];
            quotient_of_seat share = shares_[i];
            if (made_.losses) {
                const huge whole = whole_of(c.claim) * share.den;
                if (share.num > whole) return c.name + " gets more than it claims";
                share.num = whole - share.num;
            }
            const huge halves = in_.rule == division_rule::talmud ? 2 : 1;
            const quotient_of_seat full{whole_of(c.claim), halves};
            const quotient_of_seat risen{top_.num * whole_of(weight(c)), top_.den};
            const quotient_of_seat& due = order_of(full, risen) < 0 ? full : risen;
            if (order_of(share, due) != 0) return c.name + " does not get what the rule gives";
        }
        return {};
    }

    /// Floors or one more, by the largest rests.
    std::string units() {
        std::vector<standing_at_line> all;
        std::int64_t sum = made_.left_over;
        for (std::size_t i = 0; i < shares_.size(); ++i) {
            const auto& [num, den] = shares_[i];
            const huge floor = num / den;
            const huge rest = num % den;
            const huge got = whole_of(made_.units[i]);
            if (got != floor && !(got == floor + 1 && rest > 0))
                return in_.claimants[i].name + " has neither its whole units nor one more";
            const bool up = got > floor;
            all.push_back({in_.claimants[i].name, {rest, den}, up, {rest, den}, !up && rest > 0});
            sum += made_.units[i];
        }
        for (const tie& one : made_.ties)
            if (one.given.empty()) sum += one.places;
        if (sum != in_.amount) return "the units do not sum up to the amount";
        const bool open = !made_.ties.empty() && made_.ties[0].given.empty();
        if (made_.decided == open) return "it is not said rightly whether every unit is given";
        return line_check(in_.ties, made_.ties).fault(all);
    }

    const division& in_;
    const division_certificate& made_;
    std::vector<quotient_of_seat> shares_;
    std::int64_t claims_ = 0;
    quotient_of_seat top_{0, 1};
};

}  // namespace

std::string fault_in(const division& in, const division_certificate& made) {
    return division_judge(in, made).fault();
}

}  // namespace veche::shares
