#include "office/secret_record.hpp"

#include "assembly/secret_votes.hpp"
#include "journal/entry.hpp"
#include "kernel/check.hpp"

namespace veche::office {
namespace {

using ballot::record_kind;

/// Lines, each naming the hash of the one before.
class chain {
  public:
    template <class Body>
    void add(record_kind kind, const Body& body) {
        add_text(kind, to_json(body));
    }
    void add_text(record_kind kind, std::string body) {
        const std::string line = to_json(ballot::record_line{{std::move(body)}, head_, kind});
        head_ = {sha256(line)};
        text_ += line + '\n';
    }
    [[nodiscard]] const ballot::digest& head() const { return head_; }
    std::string take() { return std::move(text_); }

  private:
    ballot::digest head_;
    std::string text_;
};

/// The command of an entry.
template <class Command>
result<Command> command_at(std::uint64_t seq, const entry_reader& read) {
    const std::string bytes = VECHE_TRY(read(seq));
    const journal::entry_view view = VECHE_TRY(journal::parse_entry(bytes));
    json::document line;
    VECHE_CHECK(line.reset(view.event_line));
    return from_json<Command>(line.root().find("body"));
}

}  // namespace

result<std::string> secret_record(const state& s, const assembly::vote_id& id, record_part part,
                                  const entry_reader& read) {
    const assembly::secret_vote* v = VECHE_TRY(known_secret_vote(s.assembly, id, "id"));
    const ballot::record& r = v->record;
    chain lines;
    lines.add(record_kind::definition, r.definition());
    lines.add(record_kind::roll, r.roll());
    for (const std::uint64_t seq : v->messages) {
        const auto sent = VECHE_TRY(command_at<assembly::send_key_message>(seq, read));
        const auto message = message_of(sent);
        VECHE_ENSURE(message, "an accepted step holds one message");
        lines.add_text(message->kind, message->body);
    }
    if (r.election()) lines.add(record_kind::election, *r.election());
    if (part == record_part::opening) return lines.take();
    for (const assembly::board_mark& mark : v->board) {
        const auto cast = VECHE_TRY(command_at<assembly::cast_secret_ballot>(mark.seq, read));
        lines.add(record_kind::ballot, cast.ballot);
    }
    if (v->closing) lines.add(record_kind::closing, *v->closing);
    for (const std::uint64_t seq : v->parts) {
        const auto sent = VECHE_TRY(command_at<assembly::decrypt_secret_vote>(seq, read));
        lines.add(record_kind::partial_decryption, sent.part);
    }
    if (r.outcome()) lines.add(record_kind::result, *r.outcome());
    VECHE_ENSURE(lines.head() == r.head(), "the journal gives the record that was folded");
    return lines.take();
}

}  // namespace veche::office
