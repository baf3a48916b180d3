#include "search/index.hpp"

#include <algorithm>
#include <numeric>

namespace veche::search {
namespace {

std::vector<std::string> asked_words(std::string_view text) {
    std::vector<std::string> out;
    for (word_at& one : words_of(text))
        if (out.size() < most_words && std::find(out.begin(), out.end(), one.folded) == out.end())
            out.push_back(std::move(one.folded));
    return out;
}

}  // namespace

std::uint32_t word_index::number_of(std::string_view kind) {
    const auto there = std::find(kinds_.begin(), kinds_.end(), kind);
    if (there == kinds_.end()) {
        kinds_.emplace_back(kind);
        return static_cast<std::uint32_t>(kinds_.size() - 1);
    }
    return static_cast<std::uint32_t>(there - kinds_.begin());
}

void word_index::add_words(std::uint32_t slot, const std::vector<std::string>& texts, bool titled) {
    for (const std::string& text : texts)
        for (const word_at& one : words_of(text)) {
            const std::uint32_t number = words_.put(letters_of(one.folded));
            if (postings_.size() <= number) postings_.resize(number + 1);
            std::vector<posting>& under = postings_[number];
            // Titles come before texts, so that the last posting tells whether it is there.
            if (!under.empty() && under.back().document == slot) continue;
            under.push_back({slot & most_documents, titled ? 1U : 0U});
        }
}

void word_index::put(const thing_text& one) {
    remove(one.kind, one.id);
    const auto slot = static_cast<std::uint32_t>(documents_.size());
    const std::uint32_t kind = number_of(one.kind);
    documents_.push_back({kind, true, one.day, one.id});
    slots_[{kind, one.id}] = slot;
    add_words(slot, one.title, true);
    add_words(slot, {one.id}, true);
    add_words(slot, one.text, false);
}

void word_index::remove(std::string_view kind, std::string_view id) {
    const auto there = slots_.find(std::pair{number_of(kind), std::string(id)});
    if (there == slots_.end()) return;
    documents_[there->second].there = false;
    slots_.erase(there);
    ++dead_;
    renew_if_sparse();
}

/// Drops what was taken out once it is more than what is there.
void word_index::renew_if_sparse() {
    if (dead_ < 1000 || dead_ < slots_.size()) return;
    std::vector<std::uint32_t> to(documents_.size(), 0);
    std::vector<document> kept;
    for (std::size_t i = 0; i < documents_.size(); ++i) {
        if (!documents_[i].there) continue;
        to[i] = static_cast<std::uint32_t>(kept.size());
        kept.push_back(std::move(documents_[i]));
    }
    for (std::vector<posting>& under : postings_) {
        std::erase_if(under, [&](const posting& one) { return !documents_[one.document].there; });
        for (posting& one : under) one.document = to[one.document] & most_documents;
    }
    for (auto& [key, slot] : slots_) slot = to[slot];
    documents_ = std::move(kept);
    dead_ = 0;
}

std::vector<word_index::cost> word_index::costs_of(const std::string& word) const {
    std::vector<cost> out(documents_.size(), absent);
    const auto take = [&](std::uint32_t number, int how) {
        for (const posting& one : postings_[number]) {
            const auto value = static_cast<cost>(how * 2 + (one.titled ? 0 : 1));
            if (value < out[one.document]) out[one.document] = value;
        }
    };
    const std::u32string letters = letters_of(word);
    const std::uint32_t itself = words_.find(letters);
    words_.beginning_with(letters,
                          [&](std::uint32_t number) { take(number, number == itself ? 0 : 1); });
    words_.near(letters, errors_forgiven(letters),
                [&](std::uint32_t number, int errors) { take(number, errors * 2); });
    return out;
}

answer word_index::find(const query& q) const {
    answer out;
    std::vector<std::vector<cost>> costs;
    for (const std::string& word : asked_words(q.words)) costs.push_back(costs_of(word));
    if (costs.empty()) return out;
    struct found_one {
        std::uint32_t document;
        int how;
        int in_text;
    };
    std::vector<found_one> found;
    std::vector<std::size_t> by_kind(kinds_.size());
    for (std::uint32_t i = 0; i < documents_.size(); ++i) {
        if (!documents_[i].there) continue;
        found_one one{i, 0, 0};
        const bool all = std::all_of(costs.begin(), costs.end(), [&](const auto& of) {
            one.how += of[i] / 2;
            one.in_text += of[i] % 2;
            return of[i] != absent;
        });
        if (!all) continue;
        ++by_kind[documents_[i].kind];
        if (q.kind.empty() || kinds_[documents_[i].kind] == q.kind) found.push_back(one);
    }
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind)
        if (by_kind[kind] > 0) out.by_kind[kinds_[kind]] = by_kind[kind];
    out.found = found.size();
    const std::size_t from = std::min(q.offset, found.size());
    const std::size_t to = std::min(found.size(), from + q.count);
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(to), found.end(),
                      [&](const found_one& a, const found_one& b) {
                          if (a.how != b.how) return a.how < b.how;
                          if (a.in_text != b.in_text) return a.in_text < b.in_text;
                          const document& one = documents_[a.document];
                          const document& other = documents_[b.document];
                          if (one.day != other.day) return one.day > other.day;
                          if (one.kind != other.kind) return kinds_[one.kind] < kinds_[other.kind];
                          return one.id < other.id;
                      });
    for (std::size_t i = from; i < to; ++i) {
        const document& one = documents_[found[i].document];
        hit shown{kinds_[one.kind], one.id, 0, 0, found[i].in_text};
        for (const auto& of : costs) {
            const int how = of[found[i].document] / 2;
            shown.errors += how / 2;
            shown.beginnings += how % 2;
        }
        out.hits.push_back(std::move(shown));
    }
    return out;
}

std::size_t word_index::bytes() const {
    std::size_t out = words_.bytes() + documents_.capacity() * sizeof(document);
    for (const auto& under : postings_) out += sizeof under + under.capacity() * sizeof(posting);
    for (const document& one : documents_) out += 2 * one.id.size() + 96;  // the node of its slot
    return out;
}

namespace {

/// How well the word answers one that was asked for; the lower the better, -1 for not at all.
int closeness(const std::string& word, const std::string& asked) {
    if (word == asked) return 0;
    if (word.starts_with(asked)) return 1;
    const std::u32string letters = letters_of(asked);
    const int most = errors_forgiven(letters);
    const int errors = most == 0 ? 1 : distance(letters, letters_of(word), most);
    return errors <= most ? 1 + errors : -1;
}

/// Back or forward to the border of a word, not further than `most` bytes.
std::size_t border_before(std::string_view text, std::size_t at, std::size_t most) {
    if (at <= most) return 0;
    const std::size_t space = text.find(' ', at - most);
    return space == std::string_view::npos || space >= at ? at : space + 1;
}

std::size_t border_after(std::string_view text, std::size_t at, std::size_t most) {
    if (text.size() - at <= most) return text.size();
    const std::size_t space = text.rfind(' ', at + most);
    return space == std::string_view::npos || space < at ? at : space;
}

}  // namespace

snippet snippet_of(std::string_view text, std::string_view words, std::size_t around) {
    const std::vector<std::string> asked = asked_words(words);
    const std::vector<word_at> all = words_of(text);
    const word_at* best = nullptr;
    int how = INT32_MAX;
    for (const word_at& one : all)
        for (const std::string& word : asked)
            if (const int close = closeness(one.folded, word); close >= 0 && close < how) {
                best = &one;
                how = close;
            }
    if (!best) return {};
    const std::size_t from = border_before(text, best->begin, around);
    const std::size_t to = border_after(text, best->end, around);
    snippet out;
    out.before = (from > 0 ? "… " : "") + std::string(text.substr(from, best->begin - from));
    out.found = std::string(text.substr(best->begin, best->end - best->begin));
    out.after =
        std::string(text.substr(best->end, to - best->end)) + (to < text.size() ? " …" : "");
    return out;
}

}  // namespace veche::search
