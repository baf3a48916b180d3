// Law 10: a rule is checked when the charter takes it.

#include "charter/rule.hpp"

namespace veche::charter {
namespace {

class checker {
  public:
    explicit checker(const std::vector<voter>& electorate) : electorate_(electorate) {}

    result<void> run(const condition& c) {
        if (c.what == condition::kind::each || c.what == condition::kind::in)
            for (const voter& v : electorate_)
                if (!v.attributes.contains(c.by))
                    return refuse(refusals::rule_attribute_unknown, {}, c.by, v.id);
        if (c.what == condition::kind::compare) {
            VECHE_CHECK(run(c.left));
            VECHE_CHECK(run(c.right));
            const bool share = c.right.what != measure::kind::number;
            if (c.factor.num > 1'000'000'000 || c.factor.den > 1'000'000'000 || c.factor.num <= 0 ||
                (share && c.factor > ratio{1, 1}))
                return refuse(refusals::rule_fraction_improper, {}, veche::to_text(c.factor));
        }
        for (const condition& part : c.parts) VECHE_CHECK(run(part));
        return {};
    }

  private:
    result<void> run(const measure& m) {
        if (m.what == measure::kind::mincover &&
            (m.share.num <= 0 || m.share >= ratio{1, 1} || m.share.den > 1'000'000'000))
            return refuse(refusals::rule_fraction_improper, {}, veche::to_text(m.share));
        if (m.what == measure::kind::number || m.w == "count") return {};
        for (const voter& v : electorate_)
            if (!v.weights.contains(m.w))
                return refuse(refusals::rule_weight_unknown, {}, m.w, v.id);
        return {};
    }
    const std::vector<voter>& electorate_;
};

ballots all_say(const std::vector<voter>& electorate, ballot b) {
    ballots out;
    for (const voter& v : electorate) out[v.id] = b;
    return out;
}

}  // namespace

result<void> check_rule(const rule& r, const std::vector<voter>& electorate) {
    checker check(electorate);
    for (const condition& c : r.quorum) VECHE_CHECK(check.run(c));
    VECHE_CHECK(check.run(r.pass));
    if (r.against) VECHE_CHECK(check.run(*r.against));
    if (electorate.empty()) return {};
    if (evaluate(r, electorate, all_say(electorate, ballot::yes)).outcome != outcome::adopted)
        return refuse(refusals::rule_never_passes);
    if (evaluate(r, electorate, all_say(electorate, ballot::no)).outcome == outcome::adopted)
        return refuse(refusals::rule_always_passes);
    return {};
}

}  // namespace veche::charter
