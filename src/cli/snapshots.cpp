#include "cli/snapshots.hpp"

#include <algorithm>
#include <chrono>

#include <elf.h>
#include <link.h>

#include "api/log.hpp"
#include "journal/tree.hpp"
#include "store/refusal.hpp"
#include "store/whole_file.hpp"
#include "tables/mapped_file.hpp"

namespace veche::cli {
namespace {

constexpr auto look_every = std::chrono::seconds(20);
constexpr unsigned read_threads = 4;

/// Takes the build id out of the notes of the first object, which is the program itself.
int take_build_id(dl_phdr_info* object, std::size_t, void* into) {
    auto& id = *static_cast<std::string*>(into);
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& part = object->dlpi_phdr[i];
        if (part.p_type != PT_NOTE) continue;
        const char* at = reinterpret_cast<const char*>(object->dlpi_addr + part.p_vaddr);
        const char* const end = at + part.p_memsz;
        const auto padded = [](std::size_t n) { return (n + 3) & ~std::size_t{3}; };
        while (end - at >= static_cast<std::ptrdiff_t>(sizeof(ElfW(Nhdr)))) {
            const auto* const note = reinterpret_cast<const ElfW(Nhdr)*>(at);
            const char* const name = at + sizeof(ElfW(Nhdr));
            const char* const what = name + padded(note->n_namesz);
            if (note->n_type == NT_GNU_BUILD_ID && std::string_view(name, 3) == "GNU")
                id = to_hex(std::string_view(what, note->n_descsz));
            at = what + padded(note->n_descsz);
        }
    }
    return 1;  // no further objects
}

result<office::snapshot> read_found(const std::filesystem::path& file, const std::string& origin,
                                    const journal::store& store) {
    const auto mapped = VECHE_TRY(tables::mapped_file::open(file));
    const auto line = VECHE_TRY(office::read_snapshot_line(mapped.bytes()));
    VECHE_CHECK(office::check_snapshot_fits(line, origin, store));
    return office::read_snapshot(mapped.bytes(), build_id(),
                                 std::min(read_threads, std::thread::hardware_concurrency()));
}

}  // namespace

std::string build_id() {
    std::string id;
    ::dl_iterate_phdr(&take_build_id, &id);
    return id;
}

std::optional<office::snapshot> find_snapshot(const std::filesystem::path& folder,
                                              const std::string& origin,
                                              const journal::store& store) {
    const auto file = snapshot_file(folder);
    if (!std::filesystem::exists(file)) return std::nullopt;
    auto found = read_found(file, origin, store);
    if (found) return *std::move(found);
    log::write(log::level::warning, "snapshot_unused",
               {{"code", std::string(found.error().code())}, {"detail", found.error().sentence()}});
    return std::nullopt;
}

std::optional<office::snapshot_line> snapshot_said(const std::filesystem::path& folder,
                                                   const std::string& origin) {
    const auto mapped = tables::mapped_file::open(snapshot_file(folder));
    if (!mapped) return std::nullopt;
    auto line = office::read_snapshot_line(mapped->bytes());
    if (!line || line->program != build_id() || line->origin != origin) return std::nullopt;
    return *std::move(line);
}

store::known_entries known_by_snapshot(const std::filesystem::path& folder) {
    const auto mapped = tables::mapped_file::open(snapshot_file(folder));
    if (!mapped) return {};
    const auto line = office::read_snapshot_line(mapped->bytes());
    if (!line || line->program != build_id()) return {};
    const auto root = hash_from_hex(line->root);
    if (!root) return {};
    return {static_cast<std::uint64_t>(line->size), *root};
}

result<std::uint64_t> keep_snapshot(const std::filesystem::path& folder,
                                    const office::office& office, const journal::store& store) {
    const std::string program = build_id();
    const office::snapshot now = office.taken();
    const std::uint64_t size = now.state.size;
    if (program.empty() || size == 0) return size;
    const auto root =
        journal::range_root(journal::subtrees_of(store, store.current().next), 0, size);
    if (!root) return tl::unexpected(root.error());
    store::replacement file(snapshot_file(folder), 0600);
    office::write_snapshot(now, *root, program, [&](std::string_view bytes) { file.add(bytes); });
    if (!file.place()) return refuse(store::refusals::disk_full);
    return size;
}

std::uint64_t entries_between_snapshots(std::uint64_t size) {
    return std::max<std::uint64_t>(50'000, size / 20);
}

snapshot_keeper::snapshot_keeper(std::filesystem::path folder, const office::office& office,
                                 const journal::store& store, std::uint64_t from)
    : folder_(std::move(folder)), office_(office), store_(store), last_(from), thread_([this] {
          run();
      }) {}

snapshot_keeper::~snapshot_keeper() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wakes_.notify_all();
    thread_.join();
    write_if_grown();
}

void snapshot_keeper::run() {
    std::unique_lock lock(mutex_);
    while (!wakes_.wait_for(lock, look_every, [this] { return closing_; })) {
        lock.unlock();
        write_if_grown();
        lock.lock();
    }
}

void snapshot_keeper::write_if_grown() {
    if (office_.durable_size() < last_ + entries_between_snapshots(last_)) return;
    const auto kept = keep_snapshot(folder_, office_, store_);
    if (kept) {
        last_ = *kept;
        log::write(log::level::info, "snapshot", {{"entries", std::to_string(last_)}});
        return;
    }
    log::write(log::level::warning, "snapshot_failed",
               {{"code", std::string(kept.error().code())}, {"detail", kept.error().sentence()}});
}

}  // namespace veche::cli
