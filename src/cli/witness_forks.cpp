// Two checkpoints of one log that do not go together, proved and checked.

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/web_source.hpp"
#include "cli/witness.hpp"
#include "journal/fork_proof.hpp"

namespace veche::cli {
namespace {

struct fork_answer {
    std::string origin;
    std::int64_t shorter = 0;
    std::int64_t longer = 0;
};
VECHE_FIELDS_HERE(fork_answer, (origin, "The log."), (shorter, "Entries of one history."),
                  (longer, "Entries of the other."))

result<std::string> forked_key(const std::string& given) {
    if (given.find('+') != std::string::npos) return given;
    std::string text = VECHE_TRY(read_file(given));
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

result<journal::fork_proof> make_proof(const fork_options& options) {
    const std::string vkey = VECHE_TRY(forked_key(options.vkey));
    const std::string a = VECHE_TRY(checkpoint_at(options.a));
    const std::string b = VECHE_TRY(checkpoint_at(options.b));
    if (options.log.empty()) return journal::prove_fork(vkey, a, b);
    auto source = VECHE_TRY(log_at(options.log));
    const auto first = VECHE_TRY(journal::parse_checkpoint(a));
    const auto second = VECHE_TRY(journal::parse_checkpoint(b));
    return journal::prove_fork(vkey, a, b,
                               journal::subtrees_of(*source, std::max(first.size, second.size)));
}

int say_fork(const journal::fork_proof& proof, const std::string& vkey, const terminal& on) {
    const auto judged = journal::check_fork_proof(proof, vkey);
    if (!judged) return on.fail(judged.error());
    const fork_answer answer{judged->shorter.origin,
                             static_cast<std::int64_t>(judged->shorter.size),
                             static_cast<std::int64_t>(judged->longer.size)};
    if (on.json) on.out << to_json(answer) << '\n';
    on.say(
        fmt::format("Proved: {} has signed two histories, one of {} entries and one of {}, of "
                    "which neither is part of the other.",
                    answer.origin, answer.shorter, answer.longer));
    return done;
}

}  // namespace

int witness_fork_proof(const fork_options& options, const terminal& on) {
    const auto proof = make_proof(options);
    if (!proof) return on.fail(proof.error());
    if (const auto written = write_new_file(options.to, write_fork_proof(*proof), false); !written)
        return on.fail(written.error());
    return say_fork(*proof, forked_key(options.vkey).value_or(""), on);
}

int witness_check_fork(const fork_options& options, const terminal& on) {
    const auto text = read_file(options.a);
    if (!text) return on.fail(text.error());
    const auto vkey = forked_key(options.vkey);
    if (!vkey) return on.fail(vkey.error());
    const auto proof = journal::read_fork_proof(*text);
    if (!proof) return on.fail(proof.error());
    return say_fork(*proof, *vkey, on);
}

}  // namespace veche::cli
