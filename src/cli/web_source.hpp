#pragma once
// A public log at an address or in an exported folder.

#include <memory>

#include "api/web_client.hpp"
#include "journal/log_source.hpp"

namespace veche::cli {

/// What a server or a mirror serves under an http or https prefix.
class web_source final : public journal::log_source {
  public:
    /// `prefix`: the address of `checkpoint` without that word.
    explicit web_source(std::string prefix);
    result<std::string> fetch(const std::string& path) override;

  private:
    std::string prefix_;
    api::web_client client_;
};

inline bool is_web_address(std::string_view where) {
    return where.starts_with("http://") || where.starts_with("https://");
}

/// Refuses where there is nothing.
result<std::unique_ptr<journal::log_source>> log_at(const std::string& where);

/// The checkpoint as it stands: a file, a folder with one, or an address of either.
result<std::string> checkpoint_at(const std::string& where);

}  // namespace veche::cli
