#pragma once
// A log read on one thread while its entries are folded on another: reading and hashing ten million
// entries takes about half as long as folding them.

#include "journal/log_source.hpp"

namespace veche::office {

/// `log_source::entries` with the callback on this thread and the source on another, which is some
/// slices ahead. In the end the source is no longer used, however it ended. What it throws is
/// thrown here, once the entries before it were taken.
result<void> entries_ahead(journal::log_source&, std::uint64_t size, const journal::take_entry&);

}  // namespace veche::office
