#include "cli/ballot_union.hpp"

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "cli/send.hpp"

namespace veche::cli {
namespace {

/// What the union said, within a refusal of ours.
tl::unexpected<refusal> said_no(const api::problem_details& problem) {
    return refuse(refusals::union_refuses, problem.field.value_or(""),
                  problem.detail.empty() ? problem.title : problem.detail, problem.code);
}

result<void> register_public_part(const ballot_options& options) {
    auto place = VECHE_TRY(polling_place::open(options));
    if (const auto voter = read_ballot_key(options.key, holder::voter)) {
        if (options.seat.empty()) return refuse(refusals::seat_missing);
        return place.send(
            assembly::register_credential{options.seat, ballot::credential_of(voter->seed)});
    }
    const ballot_key key = VECHE_TRY(read_ballot_key(options.key, holder::trustee));
    const ballot::trustee keys = ballot::make_trustee(key.name, key.seed);
    return place.send(assembly::register_trustee{keys.signing, keys.encryption});
}

}  // namespace

result<polling_place> polling_place::open(const ballot_options& options) {
    polling_place out(options);
    auto link = open_link(options.where);
    if (!link) return said_no(link.error());
    out.link_ = std::move(*link);
    return out;
}

result<std::string> polling_place::record_text(office::record_part part) {
    auto text = link_->secret_record(vote().value, part);
    if (!text) return said_no(text.error());
    return *std::move(text);
}

result<ballot::record> polling_place::record(office::record_part part, thoroughness how,
                                             unsigned threads) {
    const std::string text = VECHE_TRY(record_text(part));
    return read_record_text(text, how, threads);
}

result<void> polling_place::send_text(std::string_view type, std::string body) {
    const reply receipt = send_command(options_->where, type, std::move(body), {}, *link_);
    if (!receipt) return said_no(receipt.error());
    return {};
}

result<ballot::record> record_of(const ballot_options& options, office::record_part part,
                                 thoroughness how, unsigned threads) {
    if (!at_union(options)) return read_record(options.record, how, threads);
    // What is public needs no login.
    ballot_options reader = options;
    reader.where.login.clear();
    auto place = VECHE_TRY(polling_place::open(reader));
    return place.record(part, how, threads);
}

int ballot_register(const ballot_options& options, const terminal& on) {
    if (const auto sent = register_public_part(options); !sent) return on.fail(sent.error());
    on.say("Registered. The secret stays in " + options.key.string() + ".");
    if (on.json) on.out << "{\"done\":true}\n";
    return done;
}

int ballot_export(const ballot_options& options, const terminal& on) {
    const auto fetch = [&]() -> result<void> {
        auto place = VECHE_TRY(polling_place::open(options));
        const std::string text = VECHE_TRY(place.record_text(office::record_part::whole));
        if (!options.to.empty()) return write_new_file(options.to, text, false);
        on.out << text << std::flush;
        return {};
    };
    if (const auto fetched = fetch(); !fetched) return on.fail(fetched.error());
    return done;
}

}  // namespace veche::cli
