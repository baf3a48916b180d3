#pragma once
// Journals of any size to try stores on, and folders that vanish.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <unistd.h>

#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "journal/store.hpp"
#include "kernel/check.hpp"

namespace veche::store::testing {

constexpr std::string_view origin = "veche.example/journal";

inline std::string idem_of(std::uint64_t seq) {
    std::string digits = std::to_string(seq);
    return "01980000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

inline instant time_of(std::uint64_t seq) {
    return {1'785'585'600'000 + static_cast<std::int64_t>(seq) * 10};
}

/// Every tenth entry is a consequence, the others are acts.
inline journal::new_entry entry_of(std::uint64_t seq) {
    const std::string body = R"({"note":"entry )" + std::to_string(seq) + R"("})";
    const std::string line =
        seq % 10 == 9
            ? journal::compose_event_line(seq - 1, origin, {"assembly.vote_decided", 1, body})
            : journal::compose_act_line("person-" + std::to_string(seq % 7), "seat-1", body,
                                        idem_of(seq), origin, "assembly.cast_ballot", 1);
    std::string bytes = journal::compose_entry(seq, time_of(seq), line, {});
    const hash256 leaf = journal::leaf_hash(bytes);
    return {seq, leaf, std::move(bytes)};
}

inline journal::batch batch_of(std::uint64_t from, std::uint64_t to) {
    journal::batch b;
    for (std::uint64_t seq = from; seq < to; ++seq) {
        b.entries.push_back(entry_of(seq));
        if (seq % 10 == 9) continue;
        const auto view = journal::parse_entry(b.entries.back().bytes).value();
        b.idems.push_back(
            {"person-" + std::to_string(seq % 7), idem_of(seq), seq, sha256(view.event_line)});
        b.streams.push_back({"vote-1", static_cast<std::int64_t>(seq), seq});
    }
    b.at = time_of(to - 1);
    return b;
}

/// Appends up to `size` in batches of `step`.
inline void fill(journal::store& store, std::uint64_t size, std::uint64_t step = 256) {
    for (std::uint64_t from = store.current().next; from < size;) {
        const std::uint64_t to = std::min(from + step, size);
        const auto done = store.append(batch_of(from, to), from);
        VECHE_ENSURE(done.has_value(), "a test's store takes its entries");
        from = to;
    }
}

class temporary_folder {
  public:
    temporary_folder() {
        static int count = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("veche-store-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(path_);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

inline void write_file(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace veche::store::testing
