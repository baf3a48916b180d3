#include "charter/witness_policy.hpp"

#include <algorithm>

#include "charter/charter.hpp"
#include "charter/refusal.hpp"
#include "journal/policy.hpp"
#include "kernel/check.hpp"

namespace veche::charter {
namespace {

constexpr std::size_t most_witnesses = 32;
constexpr std::size_t most_witness_groups = 32;
constexpr std::size_t most_url_bytes = 256;

bool is_web_address(std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (url.starts_with(scheme))
            return url.size() > scheme.size() && url.size() <= most_url_bytes &&
                   std::all_of(url.begin(), url.end(), [](char c) {
                       return c > 0x20 && c < 0x7F && c != '"' && c != '#' && c != '?';
                   });
    return false;
}

/// Goes through witnesses and groups in their order, so that a group sees only what stands before.
class witness_checker {
  public:
    explicit witness_checker(const charter_document& doc) : doc_(doc), all_(*doc.witnesses) {}

    result<void> run() {
        VECHE_CHECK(count(all_.keys.size(), most_witnesses, "witnesses.keys"));
        VECHE_CHECK(count(all_.groups.size(), most_witness_groups, "witnesses.groups"));
        for (const witness_key& one : all_.keys) VECHE_CHECK(check(one));
        for (const witness_group& one : all_.groups) VECHE_CHECK(check(one));
        if (all_.quorum == journal::no_quorum) return {};
        return known(all_.quorum, "witnesses.quorum");
    }

  private:
    static result<void> count(std::size_t n, std::size_t most, const char* spot) {
        if (n <= most) return {};
        return refuse(refusals::number_out_of_range, spot, std::to_string(n), "0",
                      std::to_string(most));
    }

    [[nodiscard]] result<void> known(const std::string& name, const std::string& spot) const {
        if (names_.contains(name)) return {};
        return refuse(refusals::witness_unknown, spot, name);
    }

    result<void> name(const std::string& id, const std::string& spot) {
        if (!is_identifier(id) || id == journal::no_quorum)
            return refuse(refusals::id_malformed, spot + ".id", id);
        if (!names_.insert(id).second) return refuse(refusals::id_taken, spot + ".id", id);
        return {};
    }

    result<void> check(const witness_key& one) {
        const std::string spot = "witnesses.keys." + one.id;
        VECHE_CHECK(name(one.id, spot));
        if (one.member && std::none_of(doc_.members.begin(), doc_.members.end(),
                                       [&](const member& row) { return row.id == *one.member; }))
            return refuse(refusals::reference_unknown, spot + ".member", "member",
                          one.member->value);
        const auto key = journal::parse_witness_key(one.vkey);
        if (!key)
            return refuse(refusals::witness_key, spot + ".vkey", one.id,
                          key.error().args.empty() ? std::string() : key.error().args.front());
        if (const auto other = keys_.emplace(key->public_key, one.id); !other.second)
            return refuse(refusals::witness_key_repeated, spot + ".vkey", one.id,
                          other.first->second);
        if (one.url && !is_web_address(*one.url))
            return refuse(refusals::witness_url, spot + ".url", *one.url);
        return {};
    }

    result<void> check(const witness_group& one) {
        const std::string spot = "witnesses.groups." + one.id;
        for (const std::string& part : one.of) {
            VECHE_CHECK(known(part, spot + ".of"));
            if (!grouped_.insert(part).second)
                return refuse(refusals::witness_grouped_twice, spot + ".of", part);
        }
        VECHE_CHECK(name(one.id, spot));
        if (one.k < 1 || static_cast<std::size_t>(one.k) > one.of.size())
            return refuse(refusals::witness_threshold, spot + ".k", one.id, std::to_string(one.k),
                          std::to_string(one.of.size()));
        return {};
    }

    const charter_document& doc_;
    const witness_policy& all_;
    std::set<std::string, std::less<>> names_;
    std::set<std::string, std::less<>> grouped_;
    std::map<std::string, std::string> keys_;  // public key and witness
};

}  // namespace

result<void> check_witnesses(const charter_document& doc) {
    if (!doc.witnesses) return {};
    return witness_checker(doc).run();
}

journal::policy policy_of(const witness_policy& from, const std::string& log) {
    journal::policy out;
    if (!log.empty()) {
        auto key = journal::parse_verifier_key(log);
        VECHE_ENSURE(key.has_value(), "a journal knows its own key");
        out.logs.push_back({*std::move(key), {}});
    }
    for (const witness_key& one : from.keys) {
        auto key = journal::parse_witness_key(one.vkey);
        VECHE_ENSURE(key.has_value(), "keys of a charter were checked on the way in");
        out.witnesses.push_back({one.id, *std::move(key), one.url.value_or("")});
    }
    for (const witness_group& one : from.groups)
        out.groups.push_back({one.id, static_cast<std::size_t>(one.k), one.of});
    out.quorum = from.quorum;
    return out;
}

std::vector<member_id> members_alone_enough(const witness_policy& from) {
    std::vector<member_id> out;
    if (from.quorum == journal::no_quorum) return out;
    const journal::policy rule = policy_of(from, {});
    std::map<std::string, std::set<std::string>> by_member;
    for (const witness_key& one : from.keys)
        if (one.member) by_member[one.member->value].insert(one.id);
    for (const auto& [who, witnesses] : by_member)
        if (journal::has_quorum(rule, witnesses)) out.push_back({who});
    return out;
}

}  // namespace veche::charter
