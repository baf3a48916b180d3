// Levels of groups, and the names under which people know the methods.

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>

#include "shares/apportion.hpp"
#include "shares/refusal.hpp"

namespace veche::shares {
namespace {

/// A group, or the top: what stands in it, in the order in which the list names it first.
struct group_node {
    std::vector<party> members;
    std::vector<std::string> groups;  ///< path of each member that is a group, else ""
};

class group_tree {
  public:
    explicit group_tree(const grouped_contest& in) : in_(in) {
        nodes_[""];
        for (const grouped_party& one : in.parties) {
            open(one.group);
            group_node& node = nodes_[one.group];
            node.members.push_back(one.of);
            node.groups.emplace_back();
        }
    }

    result<std::vector<level_result>> share() {
        for (const party& bound : in_.bounds)
            if (!nodes_.contains(bound.name))
                return refuse(refusals::nobody_shares, "bounds", bound.name);
        // A name says which of them is meant.
        for (const grouped_party& one : in_.parties)
            if (!one.of.name.empty() && nodes_.contains(one.of.name))
                return refuse(refusals::name_repeated, "parties", one.of.name);
        const party whole = sum_up("");
        VECHE_CHECK(share_within("", in_.seats, whole.votes));
        return std::move(levels_);
    }

  private:
    /// Makes the group known to the one it is in.
    void open(const std::string& path) {
        if (nodes_.contains(path)) return;
        const std::size_t slash = path.rfind('/');
        const std::string parent = slash == std::string::npos ? "" : path.substr(0, slash);
        open(parent);
        nodes_[path];
        nodes_[parent].members.push_back({path, 0, std::nullopt, std::nullopt});
        nodes_[parent].groups.push_back(path);
    }

    /// The group as a party of the level above.
    party sum_up(const std::string& path) {
        group_node& node = nodes_[path];
        party out{path, 0, std::nullopt, std::nullopt};
        std::int64_t room = 0;
        bool all_bounded = true;
        for (std::size_t i = 0; i < node.members.size(); ++i) {
            if (!node.groups[i].empty()) node.members[i] = sum_up(node.groups[i]);
            const party& one = node.members[i];
            // Sums that leave the range are refused where the members themselves are shared among.
            out.votes = std::min(out.votes + std::min(one.votes, most_votes), most_votes);
            if (one.least) out.least = std::min(out.least.value_or(0) + *one.least, most_seats);
            all_bounded = all_bounded && one.most.has_value();
            room = std::min(room + one.most.value_or(0), most_seats);
        }
        if (all_bounded) out.most = room;
        for (const party& own : in_.bounds) {
            if (own.name != path) continue;
            if (own.least) out.least = std::max(*own.least, out.least.value_or(0));
            if (own.most) out.most = std::min(*own.most, out.most.value_or(most_seats));
        }
        return out;
    }

    result<void> share_within(const std::string& path, std::int64_t seats, std::int64_t votes) {
        if (seats == 0 && votes == 0) return {};
        const group_node& node = nodes_[path];
        level_result level{path, {in_.how, in_.divisors, seats, in_.ties, node.members}, {}};
        level.answer = VECHE_TRY(apportion(level.asked));
        levels_.push_back(level);
        if (!level.answer.decided) return {};
        for (std::size_t i = 0; i < node.members.size(); ++i)
            if (!node.groups[i].empty())
                VECHE_CHECK(
                    share_within(node.groups[i], level.answer.given[i], node.members[i].votes));
        return {};
    }

    const grouped_contest& in_;
    std::map<std::string, group_node> nodes_;
    std::vector<level_result> levels_;
};

constexpr std::pair<std::string_view, method> spellings[] = {
    {"dhondt", method::dhondt},
    {"jefferson", method::dhondt},
    {"greatestdivisors", method::dhondt},
    {"saintelague", method::sainte_lague},
    {"saintelagu", method::sainte_lague},  // with a diaeresis, which is left out
    {"webster", method::sainte_lague},
    {"majorfractions", method::sainte_lague},
    {"modifiedsaintelague", method::modified_sainte_lague},
    {"modifiedsaintelagu", method::modified_sainte_lague},
    {"adams", method::adams},
    {"smallestdivisors", method::adams},
    {"danish", method::danish},
    {"imperiali", method::imperiali},
    {"huntington", method::huntington_hill},
    {"huntingtonhill", method::huntington_hill},
    {"hill", method::huntington_hill},
    {"equalproportions", method::huntington_hill},
    {"dean", method::dean},
    {"harmonicmean", method::dean},
    {"hamilton", method::hamilton},
    {"hare", method::hamilton},
    {"largestremainder", method::hamilton},
    {"vinton", method::hamilton},
    {"droop", method::droop},
    {"hagenbachbischoff", method::hagenbach_bischoff},
    {"quota", method::quota_method},
    {"quotamethod", method::quota_method},
    {"balinskiyoung", method::quota_method},
    {"dutch", method::dutch},
};

std::optional<divisor_row> read_divisors(std::string_view text) {
    std::int64_t numbers[3] = {};
    for (std::size_t n = 0; n < 3; ++n) {
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, numbers[n]);
        if (read.ec != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
        if (n == 2) break;
        if (!text.starts_with(',')) return std::nullopt;
        text.remove_prefix(1);
    }
    if (!text.empty()) return std::nullopt;
    return divisor_row{numbers[0], numbers[1], numbers[2]};
}

}  // namespace

result<std::vector<level_result>> apportion_groups(const grouped_contest& in) {
    if (in.parties.empty()) return refuse(refusals::nobody_shares, "parties");
    return group_tree(in).share();
}

result<std::pair<method, std::optional<divisor_row>>> read_method(std::string_view text) {
    constexpr std::string_view own = "divisors:";
    if (text.starts_with(own)) {
        const auto row = read_divisors(text.substr(own.size()));
        if (!row)
            return refuse(refusals::divisors_malformed, "method", std::to_string(most_divisor));
        return std::pair{method::divisors, row};
    }
    std::string plain;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (lower >= 'a' && lower <= 'z') plain += lower;
    }
    for (const auto& [name, how] : spellings)
        if (name == plain) return std::pair{how, std::optional<divisor_row>{}};
    return refuse(refusals::method_unknown, "method", std::string(text));
}

}  // namespace veche::shares
