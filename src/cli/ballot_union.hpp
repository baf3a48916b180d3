#pragma once
// The same verbs where a union's journal is the record: what is public is fetched from the union,
// what a voter or trustee makes is made on their own machine and sent as a command.

#include <memory>

#include "assembly/secret_commands.hpp"
#include "cli/ballot.hpp"
#include "cli/ballot_record.hpp"
#include "cli/link.hpp"
#include "office/secret_record.hpp"

namespace veche::cli {

/// A union as voters and trustees of one secret vote use it.
class polling_place {
  public:
    /// Opens the union's folder, or logs in at its server.
    static result<polling_place> open(const ballot_options&);

    /// The public record of the vote, checked here line by line: what the server says is not
    /// trusted.
    result<ballot::record> record(office::record_part, thoroughness, unsigned threads);
    /// Its bytes.
    result<std::string> record_text(office::record_part);

    template <class Command>
    result<void> send(const Command& c) {
        return send_text(Command::wire.type, to_json(c));
    }
    [[nodiscard]] assembly::vote_id vote() const { return {options_->record.string()}; }

  private:
    explicit polling_place(const ballot_options& options) : options_(&options) {}
    result<void> send_text(std::string_view type, std::string body);

    const ballot_options* options_;
    std::unique_ptr<union_link> link_;
};

inline bool at_union(const ballot_options& options) {
    return !options.where.at.empty();
}

/// The record as the options name it: a file, or a vote of a union.
result<ballot::record> record_of(const ballot_options&, office::record_part, thoroughness,
                                 unsigned threads);

}  // namespace veche::cli
