#pragma once
// What a reader brings along to `veche verify`: a policy of witnesses, and a checkpoint kept from
// the last time.

#include "cli/terminal.hpp"
#include "journal/log_source.hpp"
#include "office/trust.hpp"
#include "store/folder.hpp"

namespace veche::cli {

/// A log whose checkpoint stays what it was when it was first asked for, so that what is remembered
/// is what was verified.
class steady_source final : public journal::log_source {
  public:
    explicit steady_source(journal::log_source& inner) : inner_(inner) {}
    result<std::string> fetch(const std::string& path) override;
    result<void> entries(std::uint64_t size, const journal::take_entry& take) override {
        return inner_.entries(size, take);
    }

  private:
    journal::log_source& inner_;
    std::string checkpoint_;
};

/// Lets a folder's publisher show the cosignatures that a server kept in it: those on its newest
/// checkpoint, or, with `older`, the newest one that has a quorum. Refuses where there is none.
result<void> show_kept(const store::union_folder& folder, bool older);

struct trust_files {
    std::string policy;    ///< a policy file, or the address of one; "" for none
    std::string remember;  ///< holds the checkpoint of the last time; "" for none
    bool charter = false;  ///< hold to the witnesses that the charter named then
};

/// Reads them; what `remember` names need not be there yet.
result<office::trust_options> read_trust(const trust_files&);
/// The keys that led to this one, as the log publishes them: what was remembered under one of them
/// stays good as far as that one signed.
result<std::vector<office::earlier_key>> keys_before(journal::log_source&, const std::string& vkey);

/// The journal held: its checkpoint is what the next time begins with.
result<void> remember(const trust_files&, journal::log_source&);

/// Where the journal is not the one that was seen before, what proves it to others is written
/// beside the remembered checkpoint; the file's name, or "" where nothing can be proved.
std::string save_fork(const trust_files&, const office::trust_options&, const refusal& why,
                      const std::string& vkey, journal::log_source&);

}  // namespace veche::cli
