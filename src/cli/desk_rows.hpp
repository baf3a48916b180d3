#pragma once
// Accounts and follows copied from one place to another (migrate.cpp): for moving a union, for
// backing it up, for restoring it.

#include "store/rows.hpp"

namespace veche::cli {

/// Into tables that are made first. Where it copies out of a file that an older release made, those
/// of today are made there too.
result<void> copy_desk(store::row_base& accounts, store::row_base& follows,
                       store::row_base& to_accounts, store::row_base& to_follows);

}  // namespace veche::cli
