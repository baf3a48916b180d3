#pragma once
// A union in memory with one session behind it: an adopted decision that orders a measure, a
// rejected motion, a paper, presence. Documents of every kind are made of it.

#include "documents/setting.hpp"
#include "office/office.hpp"
#include "store/memory/memory_store.hpp"

namespace veche::documents::testing {

class assembled_union {
  public:
    assembled_union();

    /// Sends a command; stops the test where it is refused.
    void must(std::string_view type, std::string_view body, std::string_view person,
              std::string_view auth);
    template <class View, class Query>
    std::shared_ptr<const View> ask(const Query& query) {
        return std::static_pointer_cast<const View>(ask_erased(Query::wire.type, to_json(query)));
    }
    /// In "en", "ru" or "be", with the newest checkpoint.
    setting in(std::string_view language);

    std::unique_ptr<office::office> desk;

  private:
    std::shared_ptr<const void> ask_erased(std::string_view view, const std::string& query);

    std::int64_t now_ = parse_instant("2026-03-12T07:00:00.000Z")->ms;
    int next_idem_ = 0;
    store::memory_store store_;
    store::memory_guard guard_;
    journal::publisher publisher_;
    render::catalogues texts_;
    render::zone zone_{"Europe/Minsk"};
};

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace veche::documents::testing
