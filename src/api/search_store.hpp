#pragma once
// The index of everything that can be found, kept beside the office: made once from its state, then
// told what each entry touches. It reads what is durable and binds nobody.

#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include "api/search_things.hpp"
#include "office/office.hpp"
#include "search/index.hpp"

namespace veche::api {

struct found_row {
    found_thing what;
    search::hit how;
};

struct found_things {
    std::vector<found_row> rows;
    std::size_t found = 0;
    std::map<std::string, std::size_t> by_kind;
};

class search_store {
  public:
    found_things find(office::office&, const search::query&);
    /// How many things it holds, and about how many bytes that takes. Where it was not asked yet,
    /// it is made.
    std::pair<std::size_t, std::size_t> size(office::office&);

  private:
    /// What entries named since it was last looked at. The office holds one end of it: when it
    /// alone is left here, the office is gone.
    struct mailbox {
        std::mutex mutex;
        std::vector<std::string> entries;
    };

    void attach(office::office&);
    void catch_up(const office::state&);
    void take(std::string_view entry, const office::state&);
    void refresh(const thing_key&, const office::state&);

    std::mutex mutex_;
    std::shared_ptr<mailbox> mail_;
    const office::office* of_ = nullptr;
    std::unique_ptr<search::word_index> index_;
    /// Things that rows of a batch name, until it is accepted.
    std::map<std::string, std::set<thing_key>> waiting_;
};

}  // namespace veche::api
