#pragma once
// Papers by deadline: when they are due, and what is still missing in which language.

#include <optional>
#include <string>
#include <vector>

#include "assembly/state.hpp"

namespace veche::assembly {

/// When papers of the item, or of the session as a whole, are due: as the item says, else the
/// session, else so many days before its planned start as the charter says of its body.
std::optional<instant> due_of(const charter::state&, const session&, const std::optional<item_id>&);

/// Languages in which papers of the item, or of the session, are wanted: as the item says, else as
/// the session does.
std::vector<std::string> languages_of(const session&, const std::optional<item_id>&);

/// A document: its newest version, and its translations in theirs. Papers of one item, or of the
/// session as a whole, in the order in which the documents first came.
struct dossier {
    std::vector<const paper*> current;  ///< the original first
    std::vector<const paper*> earlier;  ///< versions that were replaced, the latest first
    std::vector<std::string> missing;   ///< languages that are wanted and not there
};
std::vector<dossier> dossiers_of(const session&, const std::optional<item_id>&);

/// Whether what the paper translates has been replaced since.
bool is_outdated(const session&, const paper&);

}  // namespace veche::assembly
