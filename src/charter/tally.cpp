#include "charter/tally.hpp"

#include <simdjson.h>

#include "kernel/check.hpp"

namespace veche::charter {
namespace {

using simdjson::dom::element;

// Vectors spell member ids in capitals ("DE") and use them as JSON keys, which canonical JSON does
// not allow, so they are read as plain JSON; the rule inside is canonical once it is minified.
class vector_reader {
  public:
    explicit vector_reader(element e) : e_(e) {}

    result<tally_line> read() {
        line_.id = VECHE_TRY(text(e_, "id", ""));
        line_.title = text(e_, "title", line_.id).value_or(std::string());
        const std::string kind = VECHE_TRY(text(e_, "kind", line_.id));
        if (kind == "rule")
            VECHE_CHECK(by_rule());
        else if (kind == "bloc")
            VECHE_CHECK(by_bloc());
        else if (kind == "threshold")
            VECHE_CHECK(by_threshold());
        else if (kind == "double_majority")
            VECHE_CHECK(by_double_majority());
        else
            return wrong("kind", "there is no kind of vector called \"" + kind + "\"");
        VECHE_CHECK(compare());
        return std::move(line_);
    }

  private:
    tl::unexpected<refusal> wrong(const std::string& field, std::string why) const {
        return refuse(refusals::rule_malformed, line_.id.empty() ? field : line_.id + "." + field,
                      std::move(why));
    }
    result<std::string> text(element from, const char* key, const std::string&) const {
        std::string_view value;
        if (from[key].get(value)) return wrong(key, "a text is missing");
        return std::string(value);
    }
    result<std::int64_t> number(element from, const char* key) const {
        std::int64_t value = 0;
        if (from[key].get(value)) return wrong(key, "a whole number is missing");
        return value;
    }
    result<ballot> ballot_from(element value, std::string_view who) const {
        std::string_view word;
        if (!value.get(word)) {
            const auto names = veche_choices(static_cast<const ballot*>(nullptr));
            for (std::size_t i = 0; i < names.size(); ++i)
                if (names[i] == word) return static_cast<ballot>(i);
        }
        return wrong("ballots." + std::string(who),
                     "a ballot is yes, no, abstain, absent or excluded");
    }
    result<ballots> all_ballots() const {
        simdjson::dom::object object;
        if (e_["ballots"].get(object)) return wrong("ballots", "an object of ballots is missing");
        ballots out;
        for (const auto member : object)
            out[std::string(member.key)] = VECHE_TRY(ballot_from(member.value, member.key));
        return out;
    }

    result<voter> voter_from(element from) const {
        voter v;
        v.id = VECHE_TRY(text(from, "id", line_.id));
        for (const auto field : simdjson::dom::object(from)) {
            std::int64_t weight = 0;
            std::string_view attribute;
            if (field.key == "id") continue;
            if (!field.value.get(weight))
                v.weights[std::string(field.key)] = weight;
            else if (!field.value.get(attribute))
                v.attributes[std::string(field.key)] = std::string(attribute);
            else
                return wrong("members", "an attribute is a text or a whole number");
        }
        return v;
    }

    result<void> by_rule() {
        element rule_part;
        simdjson::dom::array members;
        if (e_["rule"].get(rule_part)) return wrong("rule", "the rule is missing");
        if (e_["members"].get(members)) return wrong("members", "the list of members is missing");
        const std::string canonical = VECHE_TRY(json::canonicalize(simdjson::minify(rule_part)));
        json::document doc;
        VECHE_CHECK(doc.reset(canonical));
        const rule r = VECHE_TRY(parse_rule(doc.root()));
        std::vector<voter> voters;
        for (const element m : members) voters.push_back(VECHE_TRY(voter_from(m)));
        const ballots cast = VECHE_TRY(all_ballots());
        std::string_view chair;
        if (e_["chair"].get(chair)) chair = {};
        verdict v = evaluate(r, voters, cast, chair);
        line_.outcome = name_of(v.outcome);
        line_.reason = std::move(v.reason);
        line_.clauses = std::move(v.clauses);
        line_.turns = turning_points(r, voters, cast, chair);
        return {};
    }

    result<void> by_bloc() {
        const std::string mode = VECHE_TRY(text(e_, "mode", line_.id));
        if (mode != "uniform" && mode != "majority") return wrong("mode", "uniform or majority");
        std::vector<ballot> delegation;
        for (const auto& [who, b] : VECHE_TRY(all_ballots())) delegation.push_back(b);
        line_.outcome = name_of(bloc_ballot(mode == "uniform", delegation));
        line_.reason = "The delegation's one ballot under the mode " + mode + ".";
        return {};
    }

    result<void> by_threshold() {
        const auto share = parse_ratio(VECHE_TRY(text(e_, "share", line_.id)));
        const std::int64_t of = VECHE_TRY(number(e_, "of"));
        const std::string round = VECHE_TRY(text(e_, "round", line_.id));
        if (!share || (round != "up" && round != "down"))
            return wrong("share", "a share, up or down");
        const int128 product = static_cast<int128>(of) * share->num;
        int128 bound = product / share->den;
        if (round == "up" && bound * share->den != product) ++bound;
        line_.outcome = veche::to_text(bound);
        line_.reason =
            veche::to_text(*share) + " of " + std::to_string(of) + ", rounded " + round + ".";
        return {};
    }

    // People and cantons (Swiss Constitution, art. 142): each canton's voice is computed from its
    // own yes and no; half cantons count half, so standing votes are added up in halves.
    result<void> by_double_majority() {
        element people;
        simdjson::dom::object cantons;
        simdjson::dom::array half;
        if (e_["people"].get(people) || e_["cantons"].get(cantons) || e_["half"].get(half))
            return wrong("cantons", "people, cantons and half are needed");
        const std::int64_t yes = VECHE_TRY(number(people, "yes"));
        const std::int64_t no = VECHE_TRY(number(people, "no"));
        std::int64_t for_x2 = 0;
        std::int64_t total_x2 = 0;
        for (const auto canton : cantons) {
            std::int64_t weight = 2;
            for (const element h : half)
                if (std::string_view(h) == canton.key) weight = 1;
            std::int64_t canton_yes = 0;
            std::int64_t canton_no = 0;
            if (canton.value.at(0).get(canton_yes) || canton.value.at(1).get(canton_no))
                return wrong("cantons." + std::string(canton.key), "two whole numbers are needed");
            total_x2 += weight;
            if (canton_yes > canton_no) for_x2 += weight;
        }
        const bool adopted = yes > no && for_x2 * 2 > total_x2;
        line_.outcome = name_of(adopted ? outcome::adopted : outcome::rejected);
        line_.reason = "People " + std::to_string(yes) + " to " + std::to_string(no) +
                       "; standing votes in halves " + std::to_string(for_x2) + " of " +
                       std::to_string(total_x2) + ", more than half needed.";
        VECHE_CHECK(published("cantons_yes_x2", for_x2));
        return published("cantons_no_x2", total_x2 - for_x2);
    }
    result<void> published(const char* key, std::int64_t ours) {
        std::int64_t theirs = 0;
        if (!e_[key].get(theirs) && theirs != ours) {
            line_.agrees = false;
            line_.reason += " Published " + std::string(key) + ": " + std::to_string(theirs) +
                            ", counted: " + std::to_string(ours) + ".";
        }
        return {};
    }

    result<void> compare() {
        element expect;
        if (e_["expect"].get(expect)) return {};
        std::string_view word;
        line_.expect = expect.get(word) ? simdjson::minify(expect) : std::string(word);
        line_.agrees = line_.agrees && *line_.expect == line_.outcome;
        return {};
    }

    element e_;
    tally_line line_;
};

}  // namespace

result<std::vector<tally_line>> tally(std::string_view file_text) {
    simdjson::dom::parser parser;
    element root;
    if (const auto error = parser.parse(file_text.data(), file_text.size()).get(root))
        return refuse(json::refusals::not_json, {}, simdjson::error_message(error));
    if (!root.is_object())
        return refuse(refusals::rule_malformed, {},
                      "a vector or an object with \"vectors\" is expected");
    std::vector<tally_line> out;
    simdjson::dom::array vectors;
    if (root["vectors"].get(vectors)) {
        out.push_back(VECHE_TRY(vector_reader(root).read()));
        return out;
    }
    for (const element one : vectors) {
        if (!one.is_object())
            return refuse(refusals::rule_malformed, "vectors", "a vector is an object");
        out.push_back(VECHE_TRY(vector_reader(one).read()));
    }
    return out;
}

}  // namespace veche::charter
