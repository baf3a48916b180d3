#pragma once
// The index of everything that can be found, kept beside the office: made once from a copy of its
// state, in a thread of its own, then told what each entry touches. Nobody who writes waits for it.
// It reads what is durable and binds nobody.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "api/search_things.hpp"
#include "office/office.hpp"
#include "search/index.hpp"

namespace veche::api {

struct found_row {
    found_thing what;
    search::hit how;
};

/// How far an index is that is being made.
struct index_progress {
    std::size_t done = 0;
    std::size_t all = 0;  ///< 0 while the things are being gathered
};

struct found_things {
    std::vector<found_row> rows;
    std::size_t found = 0;
    std::map<std::string, std::size_t> by_kind;
    /// While an index is being made. Nothing is found where none was there before; otherwise what
    /// the one before it has.
    std::optional<index_progress> making;
    bool known = true;  ///< false: nothing could be looked up yet
};

class search_store {
  public:
    struct options {
        /// How many bytes of entries wait at most while nobody searches. Beyond them they are
        /// forgotten, and the index is made anew.
        std::size_t most_waiting = 64UL * 1024 * 1024;
        /// Called by the thread that makes an index, before each thing; a test may hold it there.
        std::function<void(std::size_t done)> on_thing;
    };
    static constexpr std::chrono::milliseconds patience{1500};

    search_store() = default;
    explicit search_store(options with) : with_(std::move(with)) {}
    ~search_store();
    search_store(const search_store&) = delete;
    search_store& operator=(const search_store&) = delete;

    /// Begins to make the index where there is none.
    void prepare(office::office&);
    /// Where there is no index yet, waits so long for it to be made.
    found_things find(office::office&, const search::query&,
                      std::chrono::milliseconds wait = patience);
    /// How many things it holds, and about how many bytes that takes. Waits until it is made.
    std::pair<std::size_t, std::size_t> size(office::office&);

  private:
    /// What entries named since it was last looked at. The office holds one end of it: when it
    /// alone is left here, the office is gone.
    struct mailbox {
        std::mutex mutex;
        std::vector<std::string> entries;
        std::size_t bytes = 0;
        bool lost = false;  ///< some were forgotten
    };
    /// Things that rows of a batch name, until it is accepted.
    using waiting_rows = std::map<std::string, std::set<thing_key>>;
    struct making;

    void attach(office::office&);
    void begin(office::office&);
    void end_making();
    void take_over_made();
    void catch_up(office::office&);
    void take(std::string_view entry, const office::state&);

    options with_;
    std::mutex mutex_;
    std::shared_ptr<mailbox> mail_;
    const office::office* of_ = nullptr;
    std::unique_ptr<search::word_index> index_;
    waiting_rows waiting_;
    std::shared_ptr<making> making_;
    /// Entries that the index before it was told of while a new one is made: it will be too.
    std::vector<std::string> told_meanwhile_;
};

}  // namespace veche::api
