#pragma once
// Lists of the state and lists under a key. Inside the room only.

#include <algorithm>
#include <vector>

#include "kernel/cow.hpp"

namespace veche::registry {

/// What stands under the key; an empty list where nothing did.
template <class Key, class Value>
std::vector<Value>& list_under(cow_map<Key, std::vector<Value>>& map, const Key& key) {
    if (!map.contains(key)) map.insert(key, {});
    return map.edit(key);
}

template <class Value>
void take_out(std::vector<Value>& list, const Value& one) {
    list.erase(std::remove(list.begin(), list.end(), one), list.end());
}

}  // namespace veche::registry
