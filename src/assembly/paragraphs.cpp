#include "assembly/paragraphs.hpp"

#include <algorithm>

#include "kernel/check.hpp"

namespace veche::assembly {

namespace {

std::string_view without_trailing_space(std::string_view line) {
    const auto last = line.find_last_not_of(" \t\r");
    return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

bool says_something(const localized& text, const std::string& language) {
    const auto words = text.find(language);
    return words != text.end() && !paragraphs_of(words->second).empty();
}

/// Whether every change that brings words brings them in this language.
bool has_words(const std::vector<text_change>& changes, const std::string& language) {
    return std::all_of(changes.begin(), changes.end(), [&](const text_change& c) {
        return c.kind == amendment_kind::delete_ || says_something(c.words, language);
    });
}

}  // namespace

std::vector<std::string> paragraphs_of(std::string_view text) {
    std::vector<std::string> out;
    bool inside = false;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = without_trailing_space(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.empty()) {
            inside = false;
        } else if (inside) {
            out.back().append("\n").append(line);
        } else {
            out.emplace_back(line);
            inside = true;
        }
    }
    return out;
}

std::string text_of(const std::vector<std::string>& paragraphs) {
    std::string out;
    for (const std::string& one : paragraphs) {
        if (!out.empty()) out += "\n\n";
        out += one;
    }
    return out;
}

std::string language_of_record(const charter::state& charter, const localized& text) {
    for (const charter::language& one : charter.document().languages)
        if (says_something(text, one.id)) return one.id;
    for (const auto& [language, words] : text)
        if (says_something(text, language)) return language;
    return {};
}

std::vector<text_slot> change_text(std::string_view text, const std::string& language,
                                   const std::vector<text_change>& changes) {
    std::vector<text_slot> slots(1);
    for (std::string& paragraph : paragraphs_of(text)) {
        text_slot& slot = slots.emplace_back();
        slot.number = static_cast<std::int32_t>(slots.size() - 1);
        slot.now = {paragraph};
        slot.was = std::move(paragraph);
    }
    for (const text_change& c : changes) {
        VECHE_ENSURE(c.paragraph >= 0 && static_cast<std::size_t>(c.paragraph) < slots.size(),
                     "a change names a paragraph that exists");
        text_slot& slot = slots[static_cast<std::size_t>(c.paragraph)];
        std::vector<std::string> words;
        if (const auto said = c.words.find(language); said != c.words.end())
            words = paragraphs_of(said->second);
        if (c.kind == amendment_kind::insert_after) {
            slot.after.insert(slot.after.end(), words.begin(), words.end());
        } else {
            slot.now = c.kind == amendment_kind::delete_ ? std::vector<std::string>() : words;
            slot.touched = true;
        }
    }
    return slots;
}

std::vector<std::string> paragraphs_now(const std::vector<text_slot>& slots) {
    std::vector<std::string> out;
    for (const text_slot& slot : slots) {
        out.insert(out.end(), slot.now.begin(), slot.now.end());
        out.insert(out.end(), slot.after.begin(), slot.after.end());
    }
    return out;
}

changed_text change_all(const localized& text, const std::string& record,
                        const std::vector<text_change>& changes) {
    changed_text out;
    const auto binding = text.find(record);
    const std::size_t count = binding == text.end() ? 0 : paragraphs_of(binding->second).size();
    for (const auto& [language, words] : text) {
        if (language != record &&
            (paragraphs_of(words).size() != count || !has_words(changes, language))) {
            out.left_behind.push_back(language);
            continue;
        }
        out.text[language] = text_of(paragraphs_now(change_text(words, language, changes)));
    }
    return out;
}

}  // namespace veche::assembly
