#include "tables/cell_scanner.hpp"

#include <cstring>

#include "kernel/text.hpp"
#include "tables/refusal.hpp"

namespace veche::tables {
namespace {

const refusal_kind* fault_in(std::string_view text, bool plain) {
    if (plain) return nullptr;
    if (text.find('\0') != std::string_view::npos) return &refusals::rows_zero_byte;
    if (!text::is_utf8(text)) return &refusals::rows_not_utf8;
    return nullptr;
}

}  // namespace

bool cell_scanner::begin_row() {
    while (at_ != end_ && (*at_ == '\n' || *at_ == '\r')) pass_line_end();
    row_line_ = line_;
    row_ended_ = false;
    return at_ != end_;
}

void cell_scanner::skip_row() {
    while (!row_ended_) (void)next();
}

cell_scanner::cell cell_scanner::next() {
    const char* p = at_;
    while (p != end_ && is_blank(*p)) ++p;
    if (p != end_ && *p == '"') {
        at_ = p;
        return quoted_cell();
    }
    return plain_cell();
}

cell_scanner::cell cell_scanner::plain_cell() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
    const char* const first = at_;
    bool plain = true;
    while (at_ != end_ && !delimits(*at_)) {
        plain = plain && *at_ > 0;
        ++at_;
    }
    const char* last = at_;
    while (last != first && is_blank(last[-1])) --last;
    const std::string_view text(first, static_cast<std::size_t>(last - first));
    pass_delimiter();
    return {text, false, fault_in(text, plain)};
}

cell_scanner::cell cell_scanner::quoted_cell() {
    const char* const first = ++at_;
    bool plain = true;
    bool escaped = false;
    unescaped_.clear();
    for (const char* from = first;;) {
        if (at_ == end_) {
            row_ended_ = true;
            return {{}, true, &refusals::rows_quote_open};
        }
        if (*at_ == '"') {
            if (at_ + 1 != end_ && at_[1] == '"') {
                unescaped_.append(from, at_ + 1);
                at_ += 2;
                from = at_;
                escaped = true;
                continue;
            }
            if (escaped) unescaped_.append(from, at_);
            break;
        }
        plain = plain && *at_ > 0;
        line_ += *at_ == '\n' || (*at_ == '\r' && (at_ + 1 == end_ || at_[1] != '\n'));
        ++at_;
    }
    const std::string_view text =
        escaped ? std::string_view(unescaped_)
                : std::string_view(first, static_cast<std::size_t>(at_ - first));
    ++at_;
    while (at_ != end_ && is_blank(*at_)) ++at_;
    const bool closed = at_ == end_ || delimits(*at_);
    while (at_ != end_ && !delimits(*at_)) ++at_;
    pass_delimiter();
    return {text, true, closed ? fault_in(text, plain) : &refusals::rows_quote_followed};
}

}  // namespace veche::tables
