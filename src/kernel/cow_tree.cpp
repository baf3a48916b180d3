#include "kernel/cow_tree.hpp"

#include <iterator>

namespace veche {

namespace detail {

key_chunk::key_chunk(const key_chunk& other) : key_chunk(*other.kind_) {
    reserve(other.size());
    for (std::size_t i = 0; i < other.size(); ++i) {
        kind_->copy(slot(i), other.key(i));
        values_.push_back(other.values_[i]);
    }
}

key_chunk::~key_chunk() {
    for (std::size_t i = 0; i < size(); ++i) kind_->end(slot(i));
}

void key_chunk::reserve(std::size_t count) {
    if (count <= room_) return;
    std::unique_ptr<std::byte[]> wider(new std::byte[count * kind_->size]);
    values_.reserve(count);
    kind_->move(wider.get(), keys_.get(), size());
    keys_ = std::move(wider);
    room_ = count;
}

void* key_chunk::insert(std::size_t at, std::shared_ptr<void> value) {
    if (size() == room_) reserve(room_ == 0 ? 1 : room_ * 2);
    kind_->move(slot(at + 1), slot(at), size() - at);
    values_.insert(values_.begin() + static_cast<std::ptrdiff_t>(at), std::move(value));
    return slot(at);
}

void key_chunk::erase(std::size_t at) {
    kind_->end(slot(at));
    kind_->move(slot(at), slot(at + 1), size() - at - 1);
    values_.erase(values_.begin() + static_cast<std::ptrdiff_t>(at));
}

std::shared_ptr<key_chunk> key_chunk::split(std::size_t from) {
    auto rest = std::make_shared<key_chunk>(*kind_);
    rest->reserve(size() - from);
    kind_->move(rest->slot(0), slot(from), size() - from);
    std::move(values_.begin() + static_cast<std::ptrdiff_t>(from), values_.end(),
              std::back_inserter(rest->values_));
    values_.resize(from);
    return rest;
}

}  // namespace detail

std::shared_ptr<void>& cow_tree::edit(place at) {
    edited_ = at;
    return detail::own(detail::own(list_)[at.outer]).value(at.inner);
}

void* cow_tree::insert(const detail::key_kind& kind, place at, std::shared_ptr<void> value) {
    if (size_ == 0) return append(kind, std::move(value));
    chunk_list& list = detail::own(list_);
    if (list[at.outer]->size() == chunk_capacity) {
        // A chunk that grows at its end starts a new one, so that ascending keys fill chunks; any
        // other full chunk is halved.
        const std::size_t from = at.inner == chunk_capacity ? chunk_capacity : chunk_capacity / 2;
        const auto behind = list.begin() + static_cast<std::ptrdiff_t>(at.outer) + 1;
        auto right = from == chunk_capacity ? std::make_shared<chunk>(kind)
                                            : detail::own(list[at.outer]).split(from);
        list.insert(behind, std::move(right));
        if (at.inner >= from) at = {at.outer + 1, at.inner - from};
    }
    void* const key = detail::own(list[at.outer]).insert(at.inner, std::move(value));
    ++size_;
    return key;
}

void* cow_tree::append(const detail::key_kind& kind, std::shared_ptr<void> value) {
    if (!list_) list_ = std::make_shared<chunk_list>();
    chunk_list& list = detail::own(list_);
    if (list.empty() || list.back()->size() == chunk_capacity)
        list.push_back(std::make_shared<chunk>(kind));
    chunk& last = detail::own(list.back());
    void* const key = last.insert(last.size(), std::move(value));
    ++size_;
    return key;
}

void cow_tree::erase(place at) {
    chunk_list& list = detail::own(list_);
    chunk& within = detail::own(list[at.outer]);
    within.erase(at.inner);
    if (within.empty()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(at.outer));
    --size_;
}

template cow_tree::place cow_tree::lower_bound(const std::string&) const;
template cow_tree::place cow_tree::lower_bound(const std::int32_t&) const;
template cow_tree::place cow_tree::lower_bound(const std::int64_t&) const;
template cow_tree::place cow_tree::lower_bound(const std::uint32_t&) const;
template cow_tree::place cow_tree::lower_bound(const std::uint64_t&) const;

}  // namespace veche
