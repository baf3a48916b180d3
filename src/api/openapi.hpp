#pragma once
// The API described (OpenAPI 3.1), made from the same descriptions that read and write its
// messages: one path for each command and each view, with examples from the union's journal.

#include <mutex>
#include <string>

#include "api/entry_stream.hpp"
#include "api/examples.hpp"

namespace veche::api {

/// What a view answers; nothing where nothing is known.
using view_example = std::function<std::optional<asked_view>(const office::view_route&)>;

/// The document as JSON.
std::string openapi_document(const std::string& public_url, const example_book&,
                             const view_example&);

/// The document of a union that goes on: made anew when it is asked for and the journal has grown,
/// at most once a minute. Of a long journal the newest part gives the examples. Thread-safe.
class described_api {
  public:
    /// The office must outlive it.
    described_api(office::office&, entry_reader, std::string public_url,
                  std::function<std::int64_t()> now_ms);

    std::string document();

  private:
    void catch_up(std::uint64_t size);
    [[nodiscard]] bool answers(const office::view_route&, const asked_view&) const;

    office::office& office_;
    const entry_reader entries_;
    const std::string public_url_;
    const std::function<std::int64_t()> now_ms_;
    std::mutex mutex_;
    example_book examples_;
    std::uint64_t read_ = 0;  // entries that examples_ has seen, or skipped
    std::uint64_t size_ = 0;  // of the journal when the document was made
    std::int64_t made_ms_ = 0;
    std::string document_;
};

}  // namespace veche::api
