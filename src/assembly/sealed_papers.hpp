#pragma once
// Closed papers: the journal holds a commitment, the file lies sealed beside it. Who may read it,
// opening and destroying are the room of sealed texts; here it only gets its place in a session.

#include <optional>

#include "assembly/terms.hpp"
#include "kernel/message.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::assembly {

/// Power "papers". As for an open paper; the title is public, so it may say less than the paper.
struct add_sealed_paper {
    static constexpr wire_info wire{"assembly.add_sealed_paper", 1,
                                    "Attach a closed paper to a session or to one of its items."};
    session_id session;
    std::optional<item_id> item;
    paper_id paper;
    localized title;
    std::string language;
    seal_ref sealed;
};
VECHE_FIELDS(add_sealed_paper, (session, "The session."),
             (item, "The item it belongs to; the whole session where nothing is said."),
             (paper, "Id of the paper, new in this session."),
             (title, "Title by language, for everybody to read."),
             (language, "Language of the paper."), (sealed, "The sealed file."))

}  // namespace veche::assembly
