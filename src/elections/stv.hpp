#pragma once
// The Scottish single transferable vote; see elections.hpp.

#include "elections/papers.hpp"

namespace veche::elections {

result<certificate> count_stv(const contest&, const read_papers&);
/// Approval, plurality, yes and no: one stage.
result<certificate> count_once(const contest&, const read_papers&);

}  // namespace veche::elections
