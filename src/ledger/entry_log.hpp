#pragma once
// The entries of a book in the order of their writing, nothing ever taken out. Names are kept once
// and entries lie close together: one of two legs takes some 100 bytes with its id. Copies share
// all but what is written afterwards (kernel/cow.hpp).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/cow.hpp"
#include "kernel/parts.hpp"
#include "ledger/operations.hpp"

namespace veche::ledger {

/// A leg as it lies in a log; valid as long as the log.
struct leg_view {
    std::string_view account;
    std::string_view unit;
    int128 minor = 0;
};

/// Names numbered in the order in which they are first met.
class shared_names {
  public:
    std::uint32_t number_of(const std::string& name);
    [[nodiscard]] std::string_view name(std::uint32_t number) const { return *names_.find(number); }

  private:
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.numbers_, self.names_);
    }

    cow_map<std::string, std::uint32_t> numbers_;
    cow_map<std::uint32_t, std::string> names_;
};

class entry_log {
    struct packed_leg {
        std::int64_t high;
        std::uint64_t low;
        std::uint32_t account;
        std::uint32_t unit;
    };
    struct packed_entry {
        std::uint64_t number;
        std::int32_t day;
        std::uint32_t id_end;    // its id begins where that of the entry before ends
        std::uint32_t legs_end;  // as do its legs
    };
    struct chunk {
        std::vector<packed_entry> entries;
        std::vector<packed_leg> legs;
        std::string ids;
    };

  public:
    /// The legs of an entry.
    class leg_list {
      public:
        class iterator {
          public:
            iterator(const packed_leg* at, const shared_names* names) : at_(at), names_(names) {}
            leg_view operator*() const;
            iterator& operator++() {
                ++at_;
                return *this;
            }
            bool operator==(const iterator&) const = default;

          private:
            const packed_leg* at_;
            const shared_names* names_;
        };

        [[nodiscard]] iterator begin() const { return {begin_, names_}; }
        [[nodiscard]] iterator end() const { return {end_, names_}; }
        [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }

      private:
        friend class entry_log;
        leg_list(const packed_leg* begin, const packed_leg* end, const shared_names* names)
            : begin_(begin), end_(end), names_(names) {}
        const packed_leg* begin_;
        const packed_leg* end_;
        const shared_names* names_;
    };

    /// An entry as it lies in the log; valid as long as the log.
    struct entry {
        std::string_view id;
        std::optional<date> day;
        std::uint64_t number = 0;  ///< under which it was posted
        leg_list legs;
    };

    /// Gives place and entry.
    class iterator {
      public:
        iterator(const entry_log* log, std::size_t place) : log_(log), place_(place) {}
        std::pair<std::uint64_t, entry> operator*() const { return {place_, (*log_)[place_]}; }
        iterator& operator++() {
            ++place_;
            return *this;
        }
        bool operator==(const iterator&) const = default;

      private:
        const entry_log* log_;
        std::size_t place_;
    };

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] iterator begin() const { return {this, 0}; }
    [[nodiscard]] iterator end() const { return {this, size_}; }
    /// The entry at a place that is there.
    [[nodiscard]] entry operator[](std::size_t place) const;
    void append(std::string_view id, std::optional<date>, std::uint64_t number,
                const std::vector<leg>&);

  private:
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.chunks_, self.names_, self.size_);
    }

    static constexpr std::size_t chunk_entries = 256;
    cow_map<std::uint64_t, chunk> chunks_;
    shared_names names_;
    std::size_t size_ = 0;
};

using entry = entry_log::entry;

}  // namespace veche::ledger
