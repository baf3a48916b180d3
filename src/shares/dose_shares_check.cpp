// Judges a plan of doses by its level alone. Includes no engine.

#include <algorithm>

#include <gmpxx.h>

#include "shares/dose_shares.hpp"

namespace veche::shares {
namespace {

mpz_class big(std::int64_t value) {
    return mpz_class(std::to_string(value));
}

/// Digits, or digits over digits.
bool is_fraction(const std::string& text) {
    const auto digits = [](std::string_view part) {
        return !part.empty() &&
               std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    const std::size_t cut = text.find('/');
    if (cut == std::string::npos) return digits(text);
    return digits(std::string_view(text).substr(0, cut)) &&
           digits(std::string_view(text).substr(cut + 1)) && text[cut + 1] != '0';
}

/// What a region gets exactly at the level, by the words of the rule.
mpq_class exact_at(const dose_request& in, const dose_region& one, const mpq_class& level) {
    if (one.weight == 0) return 0;
    mpq_class before(big(one.already), big(in.scale));
    before.canonicalize();
    const mpq_class pack = big(in.pack);
    mpq_class gets = level * big(one.weight);
    if (in.rule == dose_rule::max_min) gets -= before;
    if (gets < 0) gets = 0;
    if (in.rule == dose_rule::proportional) return gets;
    mpq_class room = big(in.amount);
    if (one.cap || in.rule == dose_rule::max_min) {
        const mpq_class under = mpq_class(big(one.cap.value_or(one.weight))) - before;
        if (under < room) room = under;
    }
    if (room < 0) room = 0;
    mpq_class packs = room / pack;
    mpz_class whole = packs.get_num() / packs.get_den();
    room = mpq_class(whole) * pack;
    return gets < room ? gets : room;
}

}  // namespace

std::string fault_in(const dose_request& in, const dose_plan& plan) {
    if (plan.shares.size() != in.regions.size()) return "not every region has a share";
    if (!is_fraction(plan.level)) return "the level is no fraction";
    mpq_class level(plan.level);
    level.canonicalize();
    mpq_class sum = 0;
    mpz_class given = 0;
    std::optional<mpq_class> least_up;
    std::optional<mpq_class> most_down;
    for (std::size_t i = 0; i < plan.shares.size(); ++i) {
        const dose_share& one = plan.shares[i];
        if (one.name != in.regions[i].name) return "the shares stand in another order";
        const mpq_class exact = exact_at(in, in.regions[i], level);
        mpq_class packs = exact / mpq_class(big(in.pack));
        const mpz_class whole = packs.get_num() / packs.get_den();
        const mpq_class rest = packs - mpq_class(whole);
        const mpz_class got = big(one.doses);
        if (got % big(in.pack) != 0) return one.name + " gets a part of a pack";
        const mpz_class more = got / big(in.pack) - whole;
        if (more != 0 && (more != 1 || rest == 0)) return one.name + " is not at the level";
        if (one.rounded_up != (more == 1)) return one.name + " is said to be rounded otherwise";
        if (!is_fraction(one.exact)) return one.name + " has no exact share";
        mpq_class said(one.exact);
        said.canonicalize();
        if (said != exact) return one.name + " has another exact share";
        if (more == 1 && (!least_up || rest < *least_up)) least_up = rest;
        if (more == 0 && (!most_down || rest > *most_down)) most_down = rest;
        sum += exact;
        given += got;
    }
    if (plan.left_over < 0 || given + big(plan.left_over) != big(in.amount))
        return "the shares do not sum to the amount";
    if (sum != mpq_class(given)) return "the level does not use up the amount";
    if (least_up && most_down && *least_up < *most_down) return "a smaller rest was rounded up";
    return "";
}

}  // namespace veche::shares
