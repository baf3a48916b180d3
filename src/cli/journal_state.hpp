#pragma once
// The state of a union from the public bytes of its journal, wherever they are.

#include <functional>
#include <string>

#include "journal/log_source.hpp"
#include "office/state.hpp"

namespace veche::cli {

/// Recomputes the journal of a union's folder, a folder of public files or the address of a server
/// ("http://..."), and shows what it leads to. Signatures are not looked at: `veche verify` does.
/// Refusals: nothing is there; the journal does not hold.
result<void> with_state_of(const std::string& where,
                           const std::function<void(const office::union_state&)>& show);

/// The published log at an address ("https://...") or in a folder of exported files.
result<std::unique_ptr<journal::log_source>> published_log(const std::string& where);

}  // namespace veche::cli
