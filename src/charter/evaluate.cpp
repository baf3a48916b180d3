// Applying a rule: exact sums in 128 bits, no division that could round.

#include <algorithm>
#include <array>
#include <set>

#include "charter/rule.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"

namespace veche::charter {
namespace {

bool selected(selector sel, ballot b) {
    const bool said = b == ballot::yes || b == ballot::no || b == ballot::abstain;
    switch (sel) {
        case selector::yes:
            return b == ballot::yes;
        case selector::no:
            return b == ballot::no;
        case selector::abstain:
            return b == ballot::abstain;
        case selector::absent:
            return b == ballot::absent;
        case selector::present:
        case selector::cast:
            return said;
        case selector::decisive:
            return b == ballot::yes || b == ballot::no;
        case selector::notyes:
            return b == ballot::no || b == ballot::abstain || b == ballot::absent;
        case selector::participating:
            return b != ballot::excluded;
        case selector::seats:
            return true;
    }
    return false;
}

/// Whether a measure speaks of ballots that were cast, so that a casting vote adds to it.
bool of_ballots(const measure& m) {
    return m.what == measure::kind::selection && m.sel != selector::seats &&
           m.sel != selector::participating && m.sel != selector::absent &&
           m.sel != selector::notyes;
}

std::int64_t weight_of(const voter& v, const std::string& name) {
    if (name == "count") return 1;
    const auto found = v.weights.find(name);
    return found == v.weights.end() ? 0 : found->second;
}

using group = std::vector<std::size_t>;  // positions of voters

/// One poll: who voted how, and the chair's second voice once a tie has to be broken.
class poll {
  public:
    poll(const std::vector<voter>& voters, const ballots& cast) : voters_(voters) {
        said_.reserve(voters.size());
        for (std::size_t i = 0; i < voters.size(); ++i) {
            const auto found = cast.find(voters[i].id);
            said_.push_back(found == cast.end() ? ballot::absent : found->second);
            everyone_.push_back(i);
        }
    }

    [[nodiscard]] const group& everyone() const { return everyone_; }
    [[nodiscard]] const voter& at(std::size_t i) const { return voters_[i]; }
    [[nodiscard]] ballot said(std::size_t i) const { return said_[i]; }
    void change(std::size_t i, ballot b) { said_[i] = b; }
    void give_casting_vote(ballot b) { casting_ = b; }

    [[nodiscard]] int128 sum(selector sel, const std::string& w, const group& among) const {
        int128 total = 0;
        for (const std::size_t i : among)
            if (selected(sel, said_[i])) total += weight_of(voters_[i], w);
        return total;
    }

    [[nodiscard]] int128 value(const measure& m, const group& among, bool casting) const {
        if (m.what == measure::kind::number) return m.number;
        if (m.what == measure::kind::mincover) return fewest_over(m, among);
        const bool second_voice =
            casting && casting_ && m.w == "count" && selected(m.sel, *casting_);
        return sum(m.sel, m.w, among) + (second_voice ? 1 : 0);
    }

    /// Groups by an attribute, in the attribute's order.
    [[nodiscard]] std::map<std::string, group> groups(const std::string& by,
                                                      const group& among) const {
        std::map<std::string, group> out;
        for (const std::size_t i : among) {
            const auto found = voters_[i].attributes.find(by);
            out[found == voters_[i].attributes.end() ? std::string() : found->second].push_back(i);
        }
        return out;
    }

    [[nodiscard]] std::string noun() const {
        std::set<std::string> members;
        for (const voter& v : voters_) {
            const auto st = v.attributes.find("st");
            members.insert(st == v.attributes.end() ? v.id : st->second);
        }
        return members.size() == voters_.size() ? "members" : "votes";
    }

  private:
    // The fewest members whose weight exceeds the share of the participating weight, plus `add`
    // (TFEU 238(3)(a): "the minimum number ... representing more than 35 % ..., plus one").
    [[nodiscard]] int128 fewest_over(const measure& m, const group& among) const {
        std::vector<std::int64_t> weights;
        int128 total = 0;
        for (const std::size_t i : among) {
            if (said_[i] == ballot::excluded) continue;
            weights.push_back(weight_of(voters_[i], m.w));
            total += weights.back();
        }
        std::sort(weights.begin(), weights.end(), std::greater<>());
        int128 covered = 0;
        int128 count = 0;
        for (const std::int64_t w : weights) {
            if (covered * m.share.den > total * m.share.num) break;
            covered += w;
            ++count;
        }
        return count + m.add;
    }

    const std::vector<voter>& voters_;
    std::vector<ballot> said_;
    group everyone_;
    std::optional<ballot> casting_;
};

int128 floor_div(int128 a, int128 b) {
    const int128 q = a / b;
    return q * b > a ? q - 1 : q;
}

/// Evaluates conditions, keeping an account of each comparison when asked to.
class judge {
  public:
    judge(const poll& p, std::vector<clause>* account) : poll_(p), account_(account) {
        if (account_) noun_ = p.noun();
    }
    void begin(std::string part) { part_ = std::move(part); }

    bool holds(const condition& c, const group& among, int depth) {
        switch (c.what) {
            case condition::kind::all:
                return list(c, among, depth, true);
            case condition::kind::any:
                return list(c, among, depth, false);
            case condition::kind::negation: {
                const std::size_t mark = head(depth, "not", {}, "Not:");
                return close(mark, !holds(c.parts.front(), among, depth + 1));
            }
            case condition::kind::each:
                return each(c, among, depth);
            case condition::kind::in:
                return in(c, among, depth);
            case condition::kind::noneof:
                return noneof(c, among, depth);
            case condition::kind::compare:
                return compare(c, among, depth);
        }
        return false;
    }

  private:
    std::size_t head(int depth, std::string code, std::vector<std::string> args,
                     std::string_view pattern) {
        if (!account_) return 0;
        clause line{part_, depth, false, std::move(code), std::move(args), {}};
        line.sentence = fill_places(pattern, line.args);
        account_->push_back(std::move(line));
        return account_->size() - 1;
    }
    bool close(std::size_t mark, bool value) {
        if (account_) (*account_)[mark].holds = value;
        return value;
    }

    bool list(const condition& c, const group& among, int depth, bool all) {
        const std::size_t mark =
            head(depth, all ? "all" : "any", {}, all ? "All of these:" : "At least one of these:");
        bool value = all;
        for (const condition& part : c.parts) {
            const bool one = holds(part, among, depth + 1);
            value = all ? value && one : value || one;
        }
        return close(mark, value);
    }

    bool each(const condition& c, const group& among, int depth) {
        const std::size_t mark = head(depth, "each", {c.by}, "In each group by {0}:");
        bool value = true;
        for (const auto& [name, members] : poll_.groups(c.by, among)) {
            const std::size_t inner = head(depth + 1, "group", {name}, "{0}:");
            const bool one = holds(c.parts.front(), members, depth + 2);
            close(inner, one);
            value = value && one;
        }
        return close(mark, value);
    }

    bool in(const condition& c, const group& among, int depth) {
        const std::size_t mark = head(depth, "group", {c.equals}, "{0}:");
        const auto groups = poll_.groups(c.by, among);
        const auto found = groups.find(c.equals);
        return close(mark, holds(c.parts.front(), found == groups.end() ? group{} : found->second,
                                 depth + 1));
    }

    bool noneof(const condition& c, const group& among, int depth) {
        std::string who;
        std::string offenders;
        for (const std::string& one : c.ids) who += (who.empty() ? "" : ", ") + one;
        for (const std::size_t i : among)
            if (std::find(c.ids.begin(), c.ids.end(), poll_.at(i).id) != c.ids.end() &&
                selected(c.sel, poll_.said(i)))
                offenders += (offenders.empty() ? "" : ", ") + poll_.at(i).id;
        const bool value = offenders.empty();
        const std::string sel(name_of(c.sel));
        const std::size_t mark =
            value ? head(depth, "none_of", {who, sel}, "None of {0} says {1}.")
                  : head(depth, "one_of", {offenders, sel}, "{0} says {1}, and must not.");
        return close(mark, value);
    }

    bool compare(const condition& c, const group& among, int depth) {
        const bool casting = of_ballots(c.left) && of_ballots(c.right);
        const int128 left = poll_.value(c.left, among, casting);
        const int128 right = poll_.value(c.right, among, casting);
        const int128 a = left * c.factor.den;
        const int128 b = right * c.factor.num;
        const bool value = c.op == comparison::gt   ? a > b
                           : c.op == comparison::ge ? a >= b
                           : c.op == comparison::eq ? a == b
                           : c.op == comparison::le ? a <= b
                                                    : a < b;
        if (account_) explain(c, among, depth, left, right, value);
        return value;
    }

    // "14 of 27 members in favour, 15 needed": the bound as the smallest or largest whole number.
    void explain(const condition& c, const group& among, int depth, int128 left, int128 right,
                 bool value) {
        const int128 product = right * c.factor.num;
        const int128 below = floor_div(product, c.factor.den);
        const bool exact = below * c.factor.den == product;
        int128 bound = below;
        std::string code = "exactly";
        if (c.op == comparison::gt) bound = below + 1, code = "at_least";
        if (c.op == comparison::ge) bound = exact ? below : below + 1, code = "at_least";
        if (c.op == comparison::le) code = "at_most";
        if (c.op == comparison::lt) bound = exact ? below - 1 : below, code = "at_most";
        const std::string w = c.left.what == measure::kind::number ? "count" : c.left.w;
        const selector base =
            c.right.what == measure::kind::selection && c.right.sel != selector::no
                ? c.right.sel
                : selector::participating;
        const std::string sel = c.left.what == measure::kind::selection
                                    ? std::string(name_of(c.left.sel))
                                    : charter::to_text(c.left);
        const bool counted = w == "count";
        if (!counted) code += "_weight";
        const std::string pattern =
            std::string(counted ? "{0} of {1} {4} {2}, " : "{4}: {0} of {1} {2}, ") +
            (code.starts_with("at_least")  ? "{3} needed."
             : code.starts_with("at_most") ? "at most {3} allowed."
                                           : "exactly {3} needed.");
        clause line{part_,
                    depth,
                    value,
                    code,
                    {veche::to_text(left), veche::to_text(poll_.sum(base, w, among)), sel,
                     veche::to_text(bound), counted ? noun_ : w},
                    {}};
        std::vector<std::string> words = line.args;
        words[2] = words_for(c.left);
        line.sentence = fill_places(pattern, words);
        account_->push_back(std::move(line));
    }

    static std::string words_for(const measure& m) {
        constexpr std::array<std::string_view, 10> words = {
            "in favour", "against",        "abstaining",    "absent",      "present",
            "voting",    "for or against", "not in favour", "taking part", "in all"};
        return m.what == measure::kind::selection
                   ? std::string(words[static_cast<std::size_t>(m.sel)])
                   : charter::to_text(m);
    }

    const poll& poll_;
    std::vector<clause>* account_;
    std::string part_;
    std::string noun_;
};

/// Even or odd first bit of the hash of the public seed: yes or no.
bool lot_says_yes(std::string_view seed) {
    return (sha256({"veche/lot/v1", std::string_view("\0", 1), seed})[0] & 0x80) != 0;
}

outcome judge_poll(const rule& r, poll& p, std::string_view chair, std::string_view lot_seed,
                   std::vector<clause>* account) {
    judge j(p, account);
    j.begin("quorum");
    bool quorum = true;
    for (const condition& c : r.quorum) quorum = j.holds(c, p.everyone(), 0) && quorum;
    if (!quorum) return outcome::no_quorum;
    j.begin("pass");
    const bool somebody = p.sum(selector::cast, "count", p.everyone()) > 0;
    const bool passes = j.holds(r.pass, p.everyone(), 0);
    if (passes && somebody) return outcome::adopted;
    const int128 yes = p.sum(selector::yes, "count", p.everyone());
    if (somebody && yes > 0 && yes == p.sum(selector::no, "count", p.everyone())) {
        j.begin("tie");
        if (r.tie == tie_rule::chair) {
            for (const std::size_t i : p.everyone())
                if (p.at(i).id == chair && selected(selector::decisive, p.said(i)))
                    p.give_casting_vote(p.said(i));
            if (j.holds(r.pass, p.everyone(), 0)) return outcome::adopted;
        }
        if (r.tie == tie_rule::lot) {
            if (lot_seed.empty()) return outcome::pending;
            if (lot_says_yes(lot_seed)) return outcome::adopted;
        }
    }
    if (r.against) {
        j.begin("against");
        if (!somebody || !j.holds(*r.against, p.everyone(), 0)) return outcome::no_opinion;
    }
    return outcome::rejected;
}

bool is_figure(const clause& c) {
    return c.code.starts_with("at_") || c.code.starts_with("exactly") || c.code == "one_of" ||
           c.code == "none_of";
}

// One sentence: the comparisons that made the outcome what it is.
std::string reason_of(outcome what, const std::vector<clause>& account) {
    constexpr std::array<std::string_view, 6> heads = {"Adopted",   "Rejected", "No opinion",
                                                       "No quorum", "Invalid",  "Pending"};
    const std::string_view part = what == outcome::no_quorum ? "quorum" : "pass";
    const bool wanted = what == outcome::adopted;
    const bool by_chair = std::any_of(account.begin(), account.end(),
                                      [](const clause& c) { return c.part == "tie"; });
    std::string out(heads[static_cast<std::size_t>(what)]);
    bool first = true;
    for (const clause& c : account) {
        const bool relevant = c.part == part || (wanted && by_chair && c.part == "tie");
        if (!relevant || !is_figure(c) || c.holds != wanted) continue;
        if (wanted && by_chair && c.part == "pass") continue;
        out += (first ? ": " : "; ") + c.sentence.substr(0, c.sentence.size() - 1);
        first = false;
    }
    if (wanted && by_chair) out += first ? ": the tie was broken" : "; the tie was broken";
    return out + ".";
}

}  // namespace

verdict evaluate(const rule& r, const std::vector<voter>& voters, const ballots& cast,
                 std::string_view chair, std::string_view lot_seed) {
    poll p(voters, cast);
    verdict v;
    v.outcome = judge_poll(r, p, chair, lot_seed, &v.clauses);
    v.reason = reason_of(v.outcome, v.clauses);
    return v;
}

std::vector<turn> turning_points(const rule& r, const std::vector<voter>& voters,
                                 const ballots& cast, std::string_view chair) {
    poll p(voters, cast);
    poll start = p;
    const outcome now = judge_poll(r, start, chair, {}, nullptr);
    std::map<std::pair<ballot, outcome>, std::vector<std::string>> found;
    for (std::size_t i = 0; i < voters.size(); ++i) {
        if (p.said(i) == ballot::excluded) continue;
        for (const ballot to : {ballot::yes, ballot::no}) {
            if (p.said(i) == to) continue;
            poll other = p;
            other.change(i, to);
            const outcome then = judge_poll(r, other, chair, {}, nullptr);
            if (then != now) found[{to, then}].push_back(voters[i].id);
        }
    }
    std::vector<turn> out;
    for (auto& [key, who] : found) out.push_back({key.first, key.second, std::move(who)});
    return out;
}

ballot bloc_ballot(bool uniform, const std::vector<ballot>& delegation) {
    const auto count = [&](ballot b) {
        return std::count(delegation.begin(), delegation.end(), b);
    };
    const auto yes = count(ballot::yes);
    const auto no = count(ballot::no);
    const auto abstain = count(ballot::abstain);
    if (yes + no + abstain == 0)
        return count(ballot::excluded) > 0 && count(ballot::absent) == 0 ? ballot::excluded
                                                                         : ballot::absent;
    if (uniform) {
        if (no + abstain == 0) return ballot::yes;
        if (yes + abstain == 0) return ballot::no;
        return ballot::abstain;
    }
    if (yes + no == 0) return ballot::abstain;
    return yes > no ? ballot::yes : ballot::no;
}

}  // namespace veche::charter
