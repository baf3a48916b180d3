#include "matching/more_vector_cases.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "kernel/json.hpp"
#include "matching/call_order.hpp"
#include "matching/call_order_check.hpp"
#include "matching/couples.hpp"
#include "matching/couples_check.hpp"
#include "matching/regional_caps.hpp"
#include "matching/regional_caps_check.hpp"

namespace veche::matching {

namespace {

using case_members = std::map<std::string, std::string, std::less<>>;
using case_texts = std::vector<std::string>;

/// Thrown and caught within this file: a case that is not as its kind asks.
struct case_unsound {
    std::string what;
};

case_members members_of(std::string_view text) {
    auto read = json::read_foreign_object(text);
    if (!read) throw case_unsound{read.error().sentence()};
    return *std::move(read);
}

const std::string& member(const case_members& of, std::string_view name) {
    const auto at = of.find(name);
    if (at == of.end()) throw case_unsound{"the case has no \"" + std::string(name) + "\""};
    return at->second;
}

/// Texts and numbers of a list, or of one, as written.
case_texts list_of(std::string_view text) {
    json::document doc;
    if (!doc.reset(text)) throw case_unsound{"a list cannot be read"};
    case_texts list;
    const auto written = [](json::node n) {
        return n.is(json::kind::string) ? std::string(n.as_string()) : std::string(n.raw());
    };
    if (!doc.root().is(json::kind::array)) return {written(doc.root())};
    for (json::node one = doc.root().first(); one.valid(); one = one.next())
        list.push_back(written(one));
    return list;
}

std::uint32_t whole_of(std::string_view text) {
    const std::string word = list_of(text).at(0);
    if (word.empty() || word.size() > 9 || word.find_first_not_of("0123456789") != word.npos)
        throw case_unsound{word + " is no number"};
    return static_cast<std::uint32_t>(std::stoul(word));
}

/// Names by number, in the order of naming.
class case_names {
  public:
    std::uint32_t add(const std::string& name) {
        if (!numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size())).second)
            throw case_unsound{name + " is named twice"};
        names_.push_back(name);
        return static_cast<std::uint32_t>(names_.size() - 1);
    }
    [[nodiscard]] std::uint32_t of(const std::string& name) const {
        const auto at = numbers_.find(name);
        if (at == numbers_.end()) throw case_unsound{"there is no " + name};
        return at->second;
    }
    [[nodiscard]] std::vector<std::uint32_t> all(std::string_view list) const {
        std::vector<std::uint32_t> numbers;
        for (const std::string& name : list_of(list)) numbers.push_back(of(name));
        return numbers;
    }
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] const std::string& name(std::size_t n) const { return names_[n]; }

  private:
    case_texts names_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

/// Expected stable matchings: an object of applicant and programme each.
std::string couples_case(const case_members& input, const case_members& expected) {
    couples_market m;
    case_names people;
    case_names programmes;
    for (const auto& [p, order] : members_of(member(input, "programmes"))) programmes.add(p);
    const auto capacity = members_of(member(input, "capacity"));
    for (std::size_t p = 0; p < programmes.size(); ++p)
        m.capacities.push_back(whole_of(member(capacity, programmes.name(p))));
    for (const auto& [a, list] : members_of(member(input, "single"))) {
        people.add(a);
        m.lists.push_back(programmes.all(list));
    }
    for (const auto& [name, text] : members_of(member(input, "couples"))) {
        const auto of = members_of(text);
        const auto two = list_of(member(of, "members"));
        if (two.size() != 2) throw case_unsound{"a couple is two people"};
        couple one{people.add(two[0]), people.add(two[1]), {}};
        for (const std::string& pair : list_of(member(of, "pairs"))) {
            const auto places = programmes.all(pair);
            if (places.size() != 2) throw case_unsound{"a pair is two programmes"};
            one.choices.push_back({places[0], places[1]});
        }
        m.couples.push_back(std::move(one));
        m.lists.resize(people.size());
    }
    for (const auto& [p, order] : members_of(member(input, "programmes")))
        m.orders.push_back(people.all(order));
    const auto made = match_couples(m);
    if (!made) return made.error().sentence();
    if (std::string wrong = couples_fault(m, *made); !wrong.empty()) return wrong;
    const auto stable = list_of(member(expected, "stable"));
    if (stable.empty())
        return made->proof == couples_proof::none ? "" : "none expected, and none is not proved";
    case_members got;
    for (std::size_t a = 0; a < people.size(); ++a)
        if (made->matching[a] >= 0)
            got[people.name(a)] = programmes.name(static_cast<std::size_t>(made->matching[a]));
    for (const std::string& one : stable) {
        case_members wanted;
        for (const auto& [a, p] : members_of(one)) wanted[a] = list_of(p).at(0);
        if (wanted == got) return {};
    }
    return "the matching is not among those expected";
}

std::string differs_from(const capped_certificate& made, const case_members& wanted,
                         const case_names& people, const case_names& programmes) {
    for (std::size_t a = 0; a < people.size(); ++a) {
        const std::string at = made.matching[a] < 0
                                   ? "unmatched"
                                   : programmes.name(static_cast<std::size_t>(made.matching[a]));
        const auto row = wanted.find(at);
        const case_texts in = row == wanted.end() ? case_texts() : list_of(row->second);
        if (std::find(in.begin(), in.end(), people.name(a)) == in.end())
            return people.name(a) + " is at " + at;
    }
    return {};
}

std::string caps_case(const case_members& input, const case_members& expected) {
    case_names people;
    case_names programmes;
    capped_market m;
    std::vector<std::map<std::uint32_t, std::uint32_t>> ranks;
    const auto applicants = members_of(member(input, "applicants"));
    for (const auto& [a, list] : applicants) people.add(a);
    const auto capacity = members_of(member(input, "capacity"));
    const auto target = members_of(member(input, "target"));
    for (const auto& [p, order] : members_of(member(input, "programmes"))) {
        programmes.add(p);
        m.places.capacities.push_back(whole_of(member(capacity, p)));
        m.targets.push_back(whole_of(member(target, p)));
        m.region_of.push_back(0);
        auto& rank = ranks.emplace_back();
        for (const std::uint32_t a : people.all(order))
            rank.emplace(a, static_cast<std::uint32_t>(rank.size()));
    }
    m.regions = {{whole_of(member(input, "region_cap")), nobody}};
    for (const auto& [a, list] : applicants) {
        for (const std::uint32_t p : programmes.all(list))
            if (const auto at = ranks[p].find(people.of(a)); at != ranks[p].end())
                m.places.choices.push_back({p, at->second});
        m.places.begins.push_back(static_cast<std::uint32_t>(m.places.choices.size()));
    }
    const auto made = match_with_caps(m);
    if (!made) return made.error().sentence();
    if (std::string wrong = caps_fault(m, *made); !wrong.empty()) return wrong;
    const auto flexible = members_of(member(expected, "flexible_DA"));
    if (std::string wrong = differs_from(*made, flexible, people, programmes); !wrong.empty())
        return "flexible_DA: " + wrong;
    const auto rigid = members_of(member(expected, "JRMP"));
    const std::string wrong = differs_from(match_by_targets(m), rigid, people, programmes);
    return wrong.empty() ? "" : "JRMP: " + wrong;
}

std::string order_differs(const std::vector<call_kind>& kinds, least_rates rates,
                          const case_texts& ids, const case_texts& wanted) {
    const auto order = call_order(kinds, rates);
    if (!order) return order.error().sentence();
    if (std::string wrong = call_order_fault(kinds, rates, *order); !wrong.empty()) return wrong;
    if (wanted.size() != order->size()) return "the order expected has another length";
    for (std::size_t k = 0; k < order->size(); ++k)
        if (ids[(*order)[k]] != wanted[k])
            return "call " + std::to_string(k + 1) + ": " + wanted[k] + " expected, " +
                   ids[(*order)[k]] + " came";
    return {};
}

std::vector<call_kind> kinds_or_unsound(std::string letters) {
    // Cases write N and D for what files of groups call C and X.
    std::replace(letters.begin(), letters.end(), 'N', 'C');
    std::replace(letters.begin(), letters.end(), 'D', 'X');
    auto kinds = kinds_of(letters);
    if (!kinds) throw case_unsound{kinds.error().sentence()};
    return *std::move(kinds);
}

std::string calls_case(const case_members& input, const case_members& expected) {
    if (input.contains("ranking")) {
        const auto ids = list_of(member(input, "ranking"));
        std::string letters;
        for (const std::string& id : ids) letters += id.substr(0, 1);
        return order_differs(kinds_or_unsound(letters),
                             {whole_of(member(input, "min_scholarship_pct")),
                              whole_of(member(input, "min_sector_pct"))},
                             ids, list_of(member(expected, "call_order")));
    }
    for (const auto& [name, text] : input) {
        const auto group = members_of(text);
        const auto kinds = kinds_or_unsound(list_of(member(group, "types")).at(0));
        case_texts ranks;
        for (std::size_t r = 1; r <= kinds.size(); ++r) ranks.push_back(std::to_string(r));
        const std::string wrong = order_differs(kinds, {whole_of(member(group, "pct")), 0}, ranks,
                                                list_of(member(expected, name)));
        if (!wrong.empty()) return name + ": " + wrong;
    }
    return {};
}

}  // namespace

std::optional<std::string> run_more_vector(std::string_view kind, std::string_view whole_case_json,
                                           const std::filesystem::path&) {
    using runner = std::string (*)(const case_members&, const case_members&);
    constexpr std::pair<std::string_view, runner> kinds[] = {
        {"HRC", couples_case}, {"HR+regional cap", caps_case}, {"call order", calls_case}};
    for (const auto& [name, run] : kinds) {
        if (name != kind) continue;
        try {
            const auto whole = members_of(whole_case_json);
            const auto input = members_of(member(whole, "input"));
            return run(input, members_of(member(whole, "expected")));
        } catch (const case_unsound& e) {
            return e.what;
        }
    }
    return std::nullopt;
}

}  // namespace veche::matching
