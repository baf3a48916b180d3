#pragma once
// Examples for the description of the API, taken from the union's own journal, so that each of
// them runs: a command that stands on the journal is answered, when its actor sends it again, as
// accepted before; a view is asked with names that the journal holds, and offered only if it
// answered.

#include <deque>
#include <functional>
#include <map>

#include "api/http.hpp"
#include "kernel/json.hpp"
#include "office/routes.hpp"

namespace veche::api {

/// One accepted command, as one sends it to /api/do/.
struct command_example {
    std::uint64_t seq = 0;  ///< of the act; of the entry that says so, where a decision ordered it
    std::string actor;      ///< empty where a decision ordered it
    /// A do_request or a signed_request; where a decision ordered it, the bare command: it cannot
    /// be sent by itself.
    std::string value;
};

/// What a view can be asked, and by whom.
struct asked_view {
    pairs parameters;    ///< the required ones only
    std::string person;  ///< empty where everyone is answered
};

/// Whether a view answers this.
using view_probe = std::function<bool(const asked_view&)>;

/// What the entries read so far offer. Not thread-safe.
class example_book {
  public:
    /// The next entry.
    void take(std::uint64_t seq, std::string_view entry);

    /// The newest command of that type; nothing where none is on record, or all are too long.
    [[nodiscard]] const command_example* command(std::string_view type) const;
    /// What the view answers: everyone, or else somebody who acted in its room. Nothing where none
    /// of what was tried is answered.
    [[nodiscard]] std::optional<asked_view> query(const office::view_route&,
                                                  const view_probe&) const;

  private:
    void take_order(std::uint64_t seq, json::node order);
    void learn(std::string_view noun, std::string value);
    void learn_all(json::node from, std::string_view noun, int depth);
    void learn_subject(std::string_view type, json::node body);
    [[nodiscard]] std::vector<std::string> candidates(const office::view_route&,
                                                      const field_info&) const;
    [[nodiscard]] std::vector<std::string> askers(const office::view_route&) const;

    std::map<std::string, command_example, std::less<>> commands_;
    /// By name of a field, or of what a command is about ("secret_vote"): values, the newest first.
    std::map<std::string, std::deque<std::string>, std::less<>> words_;
};

}  // namespace veche::api
