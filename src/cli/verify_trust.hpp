#pragma once
// What a reader brings along to `veche verify`: a policy of witnesses, and a checkpoint kept from
// the last time.

#include "cli/terminal.hpp"
#include "journal/log_source.hpp"
#include "office/trust.hpp"

namespace veche::cli {

struct trust_files {
    std::string policy;    ///< a policy file, or the address of one; "" for none
    std::string remember;  ///< holds the checkpoint of the last time; "" for none
    bool charter = false;  ///< hold to the witnesses that the charter named then
};

/// Reads them; what `remember` names need not be there yet.
result<office::trust_options> read_trust(const trust_files&);

/// The journal held: its checkpoint is what the next time begins with.
result<void> remember(const trust_files&, journal::log_source&);

/// Where the journal is not the one that was seen before, what proves it to others is written
/// beside the remembered checkpoint; the file's name, or "" where nothing can be proved.
std::string save_fork(const trust_files&, const office::trust_options&, const refusal& why,
                      const std::string& vkey, journal::log_source&);

}  // namespace veche::cli
