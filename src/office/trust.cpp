#include "office/trust.hpp"

#include "journal/refusal.hpp"

namespace veche::office {

result<void> trust::accept(const journal::policy& rule, std::string_view note) {
    cosigned_ = VECHE_TRY(journal::accept_checkpoint(rule, note)).cosigned;
    return {};
}

result<journal::checkpoint> trust::read_earlier() const {
    if (vkey_.empty()) return journal::parse_checkpoint(with_.earlier);
    auto by_own = journal::verify_checkpoint(with_.earlier, vkey_);
    if (by_own) return by_own;
    for (const earlier_key& key : with_.earlier_keys) {
        auto by_old = journal::verify_checkpoint(with_.earlier, key.vkey);
        if (by_old && by_old->size <= key.upto) return by_old;
    }
    return by_own;
}

result<void> trust::begin(const journal::checkpoint& now, std::string_view note) {
    if (!with_.earlier.empty()) {
        earlier_ = VECHE_TRY(read_earlier());
        if (earlier_.origin != now.origin)
            return refuse(journal::refusals::log_unknown, {}, now.origin);
        if (earlier_.size > now.size)
            return refuse(journal::refusals::rolled_back, {}, std::to_string(earlier_.size),
                          std::to_string(now.size));
        if (earlier_.size == now.size && earlier_.root != now.root)
            return refuse(journal::refusals::history_differs, {}, std::to_string(now.size));
    }
    if (with_.policy) return accept(*with_.policy, note);
    return {};
}

result<void> trust::reach(const journal::frontier& tree, const union_state& then) {
    if (earlier_.size == 0 || tree.size() != earlier_.size) return {};
    if (tree.root() != earlier_.root)
        return refuse(journal::refusals::history_differs, {}, std::to_string(earlier_.size));
    if (with_.charter && then.charter.founded() && then.charter.document().witnesses)
        charter_rule_ = charter::policy_of(*then.charter.document().witnesses, vkey_);
    return {};
}

result<void> trust::end(std::string_view note) {
    if (charter_rule_) return accept(*charter_rule_, note);
    return {};
}

void trust::tell(std::vector<std::string>& cosigned, std::optional<std::int64_t>& extends) const {
    for (const journal::cosignature& one : cosigned_) cosigned.push_back(one.name);
    if (earlier_.size > 0) extends = static_cast<std::int64_t>(earlier_.size);
}

}  // namespace veche::office
