// Routes of beneficiaries, and what they take of the register and the fund.

#include <algorithm>

#include "beneficiaries/refusal.hpp"
#include "beneficiaries/views.hpp"
#include "fund/views.hpp"
#include "office/room_routes.hpp"
#include "registry/checks.hpp"
#include "registry/state.hpp"

namespace veche::office {
namespace {

using beneficiaries::party_id;
using beneficiaries::spending_id;

const registry::organisation* organisation_of(const state& s, const party_id& id) {
    return registry::find_current(s.registry, registry::organisation_id{id.value});
}

/// The register has the record, and it was not merged into another.
result<void> check_party(const state& s, const party_id& id, const std::string& field) {
    const registry::organisation* one =
        s.registry.organisations.find(registry::organisation_id{id.value});
    if (!one) return refuse(beneficiaries::refusals::party_unknown, field, id.value);
    if (one->merged_into)
        return refuse(beneficiaries::refusals::party_merged, field, id.value,
                      organisation_of(s, id)->what.organisation.value);
    return {};
}

beneficiaries::party party_of(const state& s, const registry::organisation& one) {
    using registry::organisation_kind;
    beneficiaries::party out;
    out.id = {one.what.organisation.value};
    out.names = one.what.names;
    if (one.what.place) out.member = registry::member_of(s.registry, *one.what.place);
    out.watched = std::any_of(one.what.kinds.begin(), one.what.kinds.end(), [](auto kind) {
        return kind == organisation_kind::media || kind == organisation_kind::culture ||
               kind == organisation_kind::association;
    });
    return out;
}

/// The organisation with the number under which the fund knows its partner, as in
/// RU-INN-7700000002: the register's code of the scheme at the end of the prefix.
const registry::organisation* partner_of(const state& s, const fund::partner& partner) {
    const std::size_t first = partner.registration.find('-');
    const std::size_t second = partner.registration.find('-', first + 1);
    if (first == std::string::npos || second == std::string::npos) return nullptr;
    std::string scheme = partner.registration.substr(first + 1, second - first - 1);
    for (char& c : scheme)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const registry::code number{scheme, partner.registration.substr(second + 1)};
    const registry::organisation_id* id = s.registry.organisation_codes.find(number);
    return id ? registry::find_current(s.registry, *id) : nullptr;
}

class money_outlook final : public beneficiaries::outlook {
  public:
    explicit money_outlook(const state& s) : s_(s) {}

    [[nodiscard]] std::optional<beneficiaries::party> find(const party_id& id) const override {
        const registry::organisation* one = organisation_of(s_, id);
        return one ? std::optional(party_of(s_, *one)) : std::nullopt;
    }

    [[nodiscard]] party_id current(const party_id& id) const override {
        const registry::organisation* one = organisation_of(s_, id);
        return one ? party_id{one->what.organisation.value} : id;
    }

    [[nodiscard]] std::vector<party_id> all_names(const party_id& id) const override {
        std::vector<party_id> out{id};
        for (std::size_t i = 0; i < out.size(); ++i)
            if (const registry::organisation* one =
                    s_.registry.organisations.find(registry::organisation_id{out[i].value}))
                for (const registry::organisation_id& each : one->merged)
                    out.push_back({each.value});
        return out;
    }

    [[nodiscard]] std::vector<beneficiaries::fund_payment> paid_under(
        const spending_id& id) const override {
        if (!paid_) paid_ = all_paid();
        const auto there = paid_->find(id);
        return there == paid_->end() ? std::vector<beneficiaries::fund_payment>{} : there->second;
    }

    [[nodiscard]] std::vector<beneficiaries::fund_partner> known_partners() const override {
        std::vector<beneficiaries::fund_partner> out;
        for (const auto& [id, one] : s_.fund.commitments)
            if (const registry::organisation* to = partner_of(s_, one.partner))
                out.push_back({{id.value}, one.purpose, party_of(s_, *to)});
        return out;
    }

  private:
    using by_commitment = std::map<spending_id, std::vector<beneficiaries::fund_payment>>;

    /// What was paid under the commitments that were referred, looking at each payment once.
    [[nodiscard]] by_commitment all_paid() const {
        by_commitment out;
        const auto add = [&](const fund::commitment_id& of, const std::string& name, date day,
                             const amount& paid, std::int64_t back, std::uint64_t seq) {
            const spending_id id{of.value};
            if (!s_.beneficiaries.referred.contains(id)) return;
            out[id].push_back({name, civil_of(day).year, s_.fund.commitments.find(of)->purpose,
                               paid, back, static_cast<std::int64_t>(seq)});
        };
        for (const auto& [name, one] : s_.fund.payments) {
            const auto* book = s_.fund.book.payments.find("payment:" + name.value);
            add(s_.fund.claims.find(one.asked.claim)->asked.commitment, name.value, one.effective,
                one.asked.amount_, static_cast<std::int64_t>(book->recovered), one.seq);
        }
        for (const auto& [name, one] : s_.fund.advances)
            add(one.asked.commitment, name.value, one.asked.effective, one.asked.amount_, 0,
                one.seq);
        for (const auto& [name, one] : s_.fund.refunds)
            add(one.asked.commitment, name.value, one.asked.effective, {0, one.asked.amount_.unit},
                one.asked.amount_.minor, one.seq);
        for (auto& [id, payments] : out)
            std::sort(payments.begin(), payments.end(), [](const auto& a, const auto& b) {
                return a.year != b.year ? a.year < b.year : a.seq < b.seq;
            });
        return out;
    }

    const state& s_;
    mutable std::optional<by_commitment> paid_;  ///< of one answer, in one thread
};

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const beneficiaries::name_payer& m,
                                const context&) {
    return check_party(s, m.payer, "payer");
}

template <>
result<void> check_across_rooms(const state& s, const beneficiaries::report_payments& m,
                                const context&) {
    for (std::size_t i = 0; i < m.payments.size(); ++i)
        if (m.payments[i].recipient)
            VECHE_CHECK(check_party(s, *m.payments[i].recipient,
                                    "payments." + std::to_string(i) + ".recipient"));
    return {};
}

template <>
result<void> check_across_rooms(const state& s, const beneficiaries::refer_commitment& m,
                                const context&) {
    const fund::commitment* one = s.fund.commitments.find(fund::commitment_id{m.commitment.value});
    if (!one || one->partner.name.empty())
        return refuse(beneficiaries::refusals::spending_unknown, "commitment", m.commitment.value);
    return check_party(s, m.recipient, "recipient");
}

namespace {
/// Views also look at what the journal tells of other rooms.
struct in_beneficiaries : in_room<&state::beneficiaries, beneficiaries::world> {
    static beneficiaries::world world(const state& s) {
        return {s.charter, s.beneficiaries, std::make_shared<money_outlook>(s)};
    }
};
}  // namespace

void add_beneficiary_routes(route_list& all) {
    add_commands<in_beneficiaries>(all, list_of<beneficiaries::commands>());
}

void add_beneficiary_views(view_list& all) {
    add_views<in_beneficiaries>(all, list_of<beneficiaries::queries>());
}

}  // namespace veche::office
