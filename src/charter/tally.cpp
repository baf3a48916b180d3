#include "charter/tally.hpp"

#include <set>

#include <simdjson.h>

#include "charter/refusal.hpp"

namespace veche::charter {

namespace {

using simdjson::dom::element;

template <class T>
result<T> choice_from(std::string_view word, std::string_view expected) {
    const auto names = veche_choices(static_cast<const T*>(nullptr));
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == word) return static_cast<T>(i);
    return refuse(refusals::rule_form, {}, std::string(expected));
}

// Vectors use ids of members ("DE") as JSON keys, which canonical JSON does not allow, so the file
// is read as plain JSON. The rule inside has only small keys and is read in its canonical form.
class vector_reader {
  public:
    vector_reader(element from, const state* beside) : from_(from), beside_(beside) {}

    result<tally_line> read() {
        if (!from_.is_object()) return wrong("a vector is an object");
        line_.id = VECHE_TRY(text("id"));
        std::string_view title;
        if (!from_["title"].get(title)) line_.title = title;
        const std::string kind = VECHE_TRY(text("kind"));
        if (kind == "rule")
            VECHE_CHECK(by_rule());
        else if (kind == "bloc")
            VECHE_CHECK(by_bloc());
        else if (kind == "threshold")
            VECHE_CHECK(by_threshold());
        else if (kind == "double_majority")
            VECHE_CHECK(by_double_majority());
        else
            return wrong("there is no kind \"" + kind + "\"");
        compare();
        return std::move(line_);
    }

  private:
    [[nodiscard]] tl::unexpected<refusal> wrong(std::string why) const {
        return refuse(refusals::vector_malformed, line_.id,
                      line_.id.empty() ? "without id" : line_.id, std::move(why));
    }
    /// A refusal of something inside, with the vector named.
    template <class T>
    [[nodiscard]] result<T> named(result<T> inside, const std::string& field) const {
        if (inside) return inside;
        std::string at = inside.error().field;
        at = at.empty() ? field : field + "." + at;
        std::string why = inside.error().sentence();
        if (why.ends_with('.')) why.pop_back();
        return wrong("at " + at + ": " + why);
    }

    [[nodiscard]] result<std::string> text(const char* key) const {
        std::string_view value;
        if (from_[key].get(value)) return wrong(std::string("the text ") + key + " is missing");
        return std::string(value);
    }
    [[nodiscard]] result<std::int64_t> number(element in, const char* key) const {
        std::int64_t value = 0;
        if (in[key].get(value) || value < 0 || value > json::max_integer)
            return wrong(std::string("the whole number ") + key + " is missing or too large");
        return value;
    }

    [[nodiscard]] result<voter> voter_from(element in) const {
        simdjson::dom::object fields;
        std::string_view id;
        if (in.get(fields) || in["id"].get(id)) return wrong("a member is an object with an id");
        voter out{std::string(id), {}, {}};
        for (const auto& [key, value] : fields) {
            std::int64_t weight = 0;
            std::string_view attribute;
            if (key == "id") continue;
            if (!value.get(weight))
                out.weights.emplace(key, weight);
            else if (!value.get(attribute))
                out.attributes.emplace(key, attribute);
            else
                return wrong("what a member has is a text or a whole number");
        }
        return out;
    }

    [[nodiscard]] result<ballot> ballot_from(element in) const {
        std::string_view word;
        constexpr std::string_view expected = "yes, no, abstain, absent or excluded";
        if (in.get(word)) word = {};
        return named(choice_from<ballot>(word, expected), "ballots");
    }

    /// The votes of one voter, where they are split.
    [[nodiscard]] result<split_votes> parts_from(element in) const {
        split_votes out;
        simdjson::dom::object parts;
        if (in.get(parts)) return wrong("split votes are an object of whole numbers");
        for (const auto& [choice, value] : parts) {
            std::int64_t* const into = choice == "yes"       ? &out.yes
                                       : choice == "no"      ? &out.no
                                       : choice == "abstain" ? &out.abstain
                                                             : nullptr;
            if (into == nullptr || value.get(*into))
                return wrong("votes are split between yes, no and abstain");
        }
        return out;
    }

    [[nodiscard]] result<ballot_map> ballots(circumstances& around) const {
        simdjson::dom::object object;
        if (from_["ballots"].get(object)) return wrong("the object ballots is missing");
        ballot_map out;
        for (const auto& [who, said] : object) {
            ballot one = ballot::split;
            if (said.is_object())
                around.splits.emplace(who, VECHE_TRY(parts_from(said)));
            else
                one = VECHE_TRY(ballot_from(said));
            if (!out.emplace(who, one).second) return wrong("two ballots of " + std::string(who));
        }
        return out;
    }

    [[nodiscard]] result<rule> rule_from_vector() const {
        element inside;
        std::string_view under;
        if (!from_["under"].get(under)) {
            const rule* found = beside_ ? beside_->parsed_rule(under) : nullptr;
            if (!found) return wrong("the charter has no rule called " + std::string(under));
            return *found;
        }
        if (from_["rule"].get(inside)) return wrong("the rule is missing");
        std::string_view as_text;
        if (!inside.get(as_text)) return named(parse_rule_text(as_text), "rule");
        const auto canonical =
            VECHE_TRY(named(json::canonicalize(simdjson::minify(inside)), "rule"));
        return named(parse_rule(canonical), "rule");
    }

    [[nodiscard]] result<circumstances> surroundings() const {
        circumstances out;
        std::string_view word;
        if (!from_["chair"].get(word)) out.chair = word;
        if (!from_["seed"].get(word)) out.seed = word;
        if (!from_["split"].get(word)) out.split_weight = word;
        simdjson::dom::array away;
        if (!from_["represented"].get(away))
            for (const element one : away)
                if (!one.get(word)) out.represented.emplace(word);
        bool over = false;
        if (!from_["silence_over"].get(over)) out.silence_over = over;
        if (!from_["blocs"].get(word))
            out.blocs = VECHE_TRY(
                named(choice_from<bloc_mode>(word, "none, uniform or majority"), "blocs"));
        return out;
    }

    /// The seats that a name stands for: all of them, one, a row, or those of a member.
    static bool stands_for(std::string_view name, const elector& e, const state& charter) {
        return name == "*" || name == e.seat || name == e.member.value ||
               name == charter.find_seat(e.seat)->id;
    }

    /// What is written for some seats: one ballot for all, or numbers of ballots in their order.
    result<void> put_ballots(element said, const std::vector<std::string>& seats,
                             ballot_map& into) const {
        simdjson::dom::object numbers;
        if (said.get(numbers)) {
            const ballot one = VECHE_TRY(ballot_from(said));
            for (const std::string& seat : seats) into[seat] = one;
            return {};
        }
        std::size_t next = 0;
        for (const auto& [word, number] : numbers) {
            const ballot one = VECHE_TRY(named(
                choice_from<ballot>(word, "yes, no, abstain, absent or excluded"), "ballots"));
            std::int64_t many = 0;
            if (number.get(many) || many < 0 ||
                static_cast<std::size_t>(many) > seats.size() - next)
                return wrong("more ballots are written than there are seats");
            for (; many > 0; --many) into[seats[next++]] = one;
        }
        return {};
    }

    /// Ballots by seat, row of seats, member or "*"; what is written later replaces what stood
    /// there.
    [[nodiscard]] result<ballot_map> ballots_of(const std::vector<elector>& electors) const {
        simdjson::dom::object object;
        if (from_["ballots"].get(object)) return wrong("the object ballots is missing");
        ballot_map out;
        for (const auto& [who, said] : object) {
            std::vector<std::string> seats;
            for (const elector& e : electors)
                if (stands_for(who, e, *beside_)) seats.push_back(e.seat);
            if (seats.empty()) return wrong("nobody there is called " + std::string(who));
            VECHE_CHECK(put_ballots(said, seats, out));
        }
        return out;
    }

    void take(const rule& r, const std::vector<voter>& voters, const ballot_map& said,
              const circumstances& around) {
        verdict v = evaluate(r, voters, said, around);
        line_.outcome = name_of(v.outcome);
        line_.reason = std::move(v.sentence);
        line_.reasons = std::move(v.reasons);
        line_.margins = std::move(v.margins);
    }

    /// A body of the charter votes, with its seats, weights and blocs of a day.
    result<void> by_body(const rule& r, std::string_view name) {
        const body* of = beside_ ? beside_->find_body({std::string(name)}) : nullptr;
        if (!of) return wrong("the charter has no body called " + std::string(name));
        const auto on = parse_date(VECHE_TRY(text("on")));
        if (!on) return wrong("on is a day such as 2026-08-01");
        const auto electors = beside_->electorate(of->id, *on);
        circumstances around = VECHE_TRY(surroundings());
        around.blocs = of->blocs;
        const ballot_map said = VECHE_TRY(ballots_of(electors));
        take(r, voters_of(electors), said, around);
        return {};
    }

    result<void> by_rule() {
        const rule r = VECHE_TRY(rule_from_vector());
        std::string_view body;
        if (!from_["body"].get(body)) return by_body(r, body);
        simdjson::dom::array members;
        if (from_["members"].get(members)) return wrong("the list members is missing");
        std::vector<voter> voters;
        for (const element one : members) voters.push_back(VECHE_TRY(voter_from(one)));
        circumstances around = VECHE_TRY(surroundings());
        const ballot_map said = VECHE_TRY(ballots(around));
        take(r, voters, said, around);
        return {};
    }

    result<void> by_bloc() {
        const std::string word = VECHE_TRY(text("mode"));
        const bloc_mode mode =
            VECHE_TRY(named(choice_from<bloc_mode>(word, "uniform or majority"), "mode"));
        if (mode == bloc_mode::none) return wrong("without a bloc there is no one ballot");
        simdjson::dom::array list;
        if (from_["ballots"].get(list)) return wrong("the list ballots is missing");
        std::vector<ballot> said;
        for (const element one : list) said.push_back(VECHE_TRY(ballot_from(one)));
        line_.outcome = name_of(bloc_ballot_of(mode, said));
        std::string heard;
        for (const ballot b : said) heard += (heard.empty() ? "" : ", ") + std::string(name_of(b));
        line_.reason = "The seats say " + heard + "; the mode is " + word + ".";
        return {};
    }

    result<void> by_threshold() {
        const auto share = parse_ratio(VECHE_TRY(text("share")));
        const std::int64_t of = VECHE_TRY(number(from_, "of"));
        if (!share || share->num < 0 || *share > ratio{1, 1})
            return wrong("the share is a fraction from 0 to 1");
        std::string_view round = "up";
        if (!from_["round"].get(round) && round != "up")
            return wrong("a threshold is rounded up: fewer would not reach it");
        line_.outcome = std::to_string(threshold_up(*share, of));
        line_.reason = "The smallest whole number that reaches " + to_text(*share) + " of " +
                       std::to_string(of) + ".";
        return {};
    }

    /// People and cantons (Swiss Constitution, article 142): each canton's voice comes from its own
    /// ballots, never from a published column; half cantons count half, so halves are added up.
    result<void> by_double_majority() {
        element people;
        simdjson::dom::object cantons;
        simdjson::dom::array half;
        if (from_["people"].get(people) || from_["cantons"].get(cantons) || from_["half"].get(half))
            return wrong("people, cantons and half are needed");
        std::set<std::string_view> halves;
        for (const element one : half) {
            std::string_view name;
            if (one.get(name)) return wrong("half cantons are named");
            halves.insert(name);
        }
        std::int64_t in_favour = 0;
        std::int64_t standing = 0;
        for (const auto& [name, votes] : cantons) {
            std::int64_t yes = 0;
            std::int64_t no = 0;
            if (votes.at(0).get(yes) || votes.at(1).get(no))
                return wrong("the canton " + std::string(name) + " needs yes and no");
            const std::int64_t weight = halves.contains(name) ? 1 : 2;
            standing += weight;
            if (yes > no) in_favour += weight;
        }
        const std::int64_t yes = VECHE_TRY(number(people, "yes"));
        const std::int64_t no = VECHE_TRY(number(people, "no"));
        const bool adopted = yes > no && 2 * in_favour > standing;
        line_.outcome = name_of(adopted ? outcome::adopted : outcome::rejected);
        line_.reason = "People: " + std::to_string(yes) + " in favour, " + std::to_string(no) +
                       " against; standing votes in halves: " + std::to_string(in_favour) + " of " +
                       std::to_string(standing) + ", more than half needed.";
        check_halves("cantons_yes_x2", in_favour);
        check_halves("cantons_no_x2", standing - in_favour);
        return {};
    }

    void check_halves(const char* key, std::int64_t counted) {
        std::int64_t stated = 0;
        if (from_[key].get(stated) || stated == counted) return;
        line_.agrees = false;
        line_.reason += " The vector states " + std::to_string(stated) + " for " + key + ".";
    }

    void compare() {
        element expect;
        if (from_["expect"].get(expect)) return;
        std::string_view word;
        line_.expect = expect.get(word) ? simdjson::minify(expect) : std::string(word);
        if (*line_.expect != line_.outcome) line_.agrees = false;
    }

    element from_;
    const state* beside_;
    tally_line line_;
};

}  // namespace

result<std::vector<tally_line>> tally(std::string_view file_text, const state* beside) {
    simdjson::dom::parser parser;
    element root;
    const simdjson::padded_string padded(file_text);
    if (const auto error = parser.parse(padded).get(root))
        return refuse(json::refusals::not_json, {}, simdjson::error_message(error));
    std::vector<tally_line> out;
    simdjson::dom::array vectors;
    if (root["vectors"].get(vectors)) {
        out.push_back(VECHE_TRY(vector_reader(root, beside).read()));
        return out;
    }
    for (const element one : vectors) out.push_back(VECHE_TRY(vector_reader(one, beside).read()));
    return out;
}

}  // namespace veche::charter
