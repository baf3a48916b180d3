#include "office/snapshot.hpp"

#include <algorithm>
#include <mutex>

#include "journal/tree.hpp"
#include "kernel/value_bytes.hpp"
#include "office/state_bytes.hpp"

namespace veche::office {
namespace {

constexpr std::string_view snapshot_mark = "\nveche snapshot 2\n";
constexpr std::string_view versions_name = "versions";
constexpr std::size_t length_bytes = 8;

/// Hands bytes on and counts them, part by part.
class part_counter {
  public:
    explicit part_counter(const std::function<void(std::string_view)>& to) : to_(to) {}

    void begin(std::string_view name) {
        end();
        hash_ = std::make_unique<running_hash>();
        parts_.push_back({std::string(name), 0, {}});
    }
    void add(std::string_view bytes) {
        hash_->add(bytes);
        parts_.back().size += static_cast<std::int64_t>(bytes.size());
        to_(bytes);
    }
    std::vector<snapshot_part> done() {
        end();
        return std::move(parts_);
    }

  private:
    void end() {
        if (hash_) parts_.back().sha256 = to_hex(hash_->end());
        hash_.reset();
    }
    const std::function<void(std::string_view)>& to_;
    std::unique_ptr<running_hash> hash_;
    std::vector<snapshot_part> parts_;
};

std::string length_of(const std::string& line) {
    std::string out;
    for (std::size_t i = 0; i < length_bytes; ++i)
        out += static_cast<char>(static_cast<std::uint64_t>(line.size()) >> (8 * i) & 0xFF);
    return out;
}

/// Splits a file into the bytes of its parts and its line; nothing where that is not whole.
std::optional<std::pair<std::string_view, std::string_view>> split_snapshot(std::string_view file) {
    if (!file.ends_with(snapshot_mark)) return std::nullopt;
    file.remove_suffix(snapshot_mark.size());
    if (file.size() < length_bytes) return std::nullopt;
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
        length |= static_cast<std::uint64_t>(
                      static_cast<unsigned char>(file[file.size() - length_bytes + i]))
                  << (8 * i);
    file.remove_suffix(length_bytes);
    if (file.size() < sizeof(hash256)) return std::nullopt;
    const std::string_view hash = file.substr(file.size() - sizeof(hash256));
    file.remove_suffix(sizeof(hash256));
    if (length > file.size()) return std::nullopt;
    const std::size_t begin = file.size() - static_cast<std::size_t>(length);
    if (as_bytes(sha256(file.substr(begin))) != hash) return std::nullopt;
    return std::pair{file.substr(0, begin), file.substr(begin)};
}

/// The bytes of each part, where they are what the line says; the name of the first that is not.
tl::expected<std::vector<std::string_view>, std::string> parts_of(std::string_view bytes,
                                                                  const snapshot_line& line) {
    std::vector<std::string_view> out;
    for (const snapshot_part& part : line.parts) {
        const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(part.size, 0));
        if (size > bytes.size()) return tl::unexpected(part.name);
        out.push_back(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    if (!bytes.empty()) return tl::unexpected(std::string("its end"));
    return out;
}

/// Rooms first, in their order, then the versions.
bool has_usual_parts(const snapshot_line& line) {
    const auto rooms = state_rooms();
    if (line.parts.size() != rooms.size() + 1 || line.parts.back().name != versions_name)
        return false;
    return std::equal(rooms.begin(), rooms.end(), line.parts.begin(),
                      [](std::string_view name, const snapshot_part& p) { return p.name == name; });
}

}  // namespace

void write_snapshot(const snapshot& what, const hash256& root, std::string_view program,
                    const std::function<void(std::string_view)>& to) {
    part_counter parts(to);
    std::size_t begun = 0;
    write_rooms(what.state, [&](std::size_t room, std::string_view bytes) {
        while (begun <= room) parts.begin(state_rooms()[begun++]);
        parts.add(bytes);
    });
    parts.begin(versions_name);
    byte_writer out(sharing::kept, [&](std::string_view bytes) { parts.add(bytes); });
    out.put(what.versions);
    out.end();
    const std::string line = to_json(snapshot_line{
        what.origin, std::string(program), static_cast<std::int64_t>(what.state.size),
        what.state.last_at, to_hex(root), to_hex(state_hash(what.state)), parts.done()});
    to(line);
    to(as_bytes(sha256(line)));
    to(length_of(line));
    to(snapshot_mark);
}

result<snapshot_line> read_snapshot_line(std::string_view file) {
    const auto split = split_snapshot(file);
    if (!split)
        return refuse(snapshot_refusals::snapshot_damaged, {}, "its end is missing or changed");
    auto line = from_json<snapshot_line>(split->second);
    if (!line || line->size < 0 || !has_usual_parts(*line))
        return refuse(snapshot_refusals::snapshot_damaged, {}, "its last line cannot be read");
    return line;
}

result<snapshot> read_snapshot(std::string_view file, std::string_view program, unsigned threads) {
    const snapshot_line line = VECHE_TRY(read_snapshot_line(file));
    if (line.program != program || program.empty())
        return refuse(snapshot_refusals::snapshot_of_another_program);
    const auto bytes = parts_of(split_snapshot(file)->first, line);
    if (!bytes) return refuse(snapshot_refusals::snapshot_damaged, {}, bytes.error());
    std::mutex telling;
    std::string damaged;  // the name of a part
    const auto is_sound = [&](std::size_t part) {
        if (to_hex(sha256((*bytes)[part])) == line.parts[part].sha256) return true;
        const std::lock_guard lock(telling);
        damaged = line.parts[part].name;
        return false;
    };
    snapshot made;
    made.origin = line.origin;
    std::optional<state> rooms;
    bool good = is_sound(bytes->size() - 1);
    if (good) {
        byte_reader in(bytes->back());
        made.versions = in.get<stream_versions>();
        good = !in.bad() && in.at_end();
        rooms = read_rooms(std::span(*bytes).first(bytes->size() - 1), threads, is_sound);
    }
    if (!damaged.empty()) return refuse(snapshot_refusals::snapshot_damaged, {}, damaged);
    if (!good || !rooms)
        return refuse(snapshot_refusals::snapshot_damaged, {}, "its parts cannot be read");
    made.state = *std::move(rooms);
    made.state.size = static_cast<std::uint64_t>(line.size);
    made.state.last_at = line.at;
    return made;
}

result<void> check_snapshot_fits(const snapshot_line& line, const std::string& origin,
                                 const journal::store& store) {
    if (line.origin != origin)
        return refuse(snapshot_refusals::snapshot_of_another_journal, {},
                      "it is of " + line.origin);
    const auto size = static_cast<std::uint64_t>(line.size);
    const std::uint64_t have = store.current().next;
    if (size > have)
        return refuse(snapshot_refusals::snapshot_of_another_journal, {}, "the journal is shorter");
    const auto root = journal::range_root(journal::subtrees_of(store, have), 0, size);
    if (!root || to_hex(*root) != line.root)
        return refuse(snapshot_refusals::snapshot_of_another_journal, {}, "its entries are others");
    return {};
}

}  // namespace veche::office
