// Parties and claims from strangers: files, and numbers of every size. Whatever is shared out, the
// certificate must hold by the check that shares no code with the engines, and two orders of the
// same parties must give the same.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "shares/apportion.hpp"
#include "shares/certificate_check.hpp"
#include "shares/delivery.hpp"
#include "shares/division.hpp"
#include "shares/share_file.hpp"

using namespace veche::shares;

namespace {

/// Numbers from bytes: small ones mostly, so that ties come about.
class bytes_read {
  public:
    bytes_read(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
    [[nodiscard]] bool more() const { return at_ != end_; }
    std::int64_t byte() { return more() ? *at_++ : 0; }
    std::int64_t number() {
        std::int64_t value = byte();
        for (std::int64_t n = value % 8 == 7 ? byte() % 7 : 0; n > 0; --n)
            value = value * 256 + byte();
        return value & most_votes;
    }
    std::optional<std::int64_t> bound() {
        const std::int64_t value = byte();
        if (value % 4 != 0) return std::nullopt;
        return value / 4;
    }

  private:
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

void must(bool holds) {
    if (!holds) std::abort();
}

tie_rule rule_from(std::int64_t byte) {
    tie_rule out;
    out.policy = static_cast<tie_policy>(byte % 3);
    if (out.policy == tie_policy::lottery) out.seed = std::string(64, 'f');
    return out;
}

void apportioned(bytes_read& in) {
    contest asked;
    asked.how = static_cast<method>(in.byte() % 14);
    asked.ties = rule_from(in.byte());
    asked.seats = in.number() % (most_seats + 1);
    // Seat by seat only as far as a fuzzer has time for.
    if (asked.how == method::quota_method || asked.how == method::dutch) asked.seats %= 60;
    asked.divisors = divisor_row{in.byte(), in.byte(), in.byte()};
    while (in.more() && asked.parties.size() < 24) {
        std::string name = "p";
        name += std::to_string(asked.parties.size());
        party one{name, in.number(), std::nullopt, std::nullopt};
        one.least = in.bound();
        one.most = in.bound();
        asked.parties.push_back(std::move(one));
    }
    const auto made = apportion(asked);
    if (!made) return;
    must(fault_in(asked, *made).empty());
    if (asked.ties.policy == tie_policy::order) return;
    std::reverse(asked.parties.begin(), asked.parties.end());
    const auto turned = apportion(asked);
    must(turned.has_value());
    must(std::equal(made->given.begin(), made->given.end(), turned->given.rbegin()));
}

void divided_up(bytes_read& in) {
    division asked;
    asked.rule = static_cast<division_rule>(in.byte() % 4);
    asked.ties = rule_from(in.byte());
    asked.amount = in.number();
    delivery units;
    units.ties = asked.ties;
    units.units = in.number() % (most_seats + 1);
    while (in.more() && asked.claimants.size() < 24) {
        std::string name = "c";
        name += std::to_string(asked.claimants.size());
        asked.claimants.push_back({name, in.number(), in.bound()});
        units.regions.push_back({name, asked.claimants.back().claim, 0});
        // Residues sum to zero: what one is owed, the one before has had.
        const std::int64_t moved = (in.byte() - 128) * 7'777'777;
        units.regions.back().residue = moved;
        units.regions[units.regions.size() / 2].residue -= moved;
    }
    const auto made = divide_amount(asked);
    must(!made || fault_in(asked, *made).empty());
    const auto given = deliver(units);
    must(!given || fault_in(units, *given).empty());
    if (!given || !given->decided) return;
    std::int64_t sum = 0;
    for (const std::int64_t one : given->given) sum += one;
    must(sum == units.units);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)read_claims(text);
    if (const auto regions = read_regions(text)) {
        must(read_regions(write_regions(*regions)).has_value());
        const delivery units{100, {}, *regions};
        const auto given = deliver(units);
        must(!given || fault_in(units, *given).empty());
    }
    if (auto parties = read_parties(text)) {
        parties->how = method::sainte_lague;
        parties->seats = 100;
        const auto levels = apportion_groups(*parties);
        must(!levels || fault_in(*parties, *levels).empty());
    }
    bytes_read in(data, size);
    if (in.byte() % 2 == 0)
        apportioned(in);
    else
        divided_up(in);
    return 0;
}
