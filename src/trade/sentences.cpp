#include "trade/sentences.hpp"

#include "trade/remarks.hpp"

namespace veche::trade {

std::string sentence_of(const remark& one) {
    for (const remark_kind* kind : remarks::all)
        if (kind->code == one.code) return english(*kind, one.args);
    return one.code;
}

}  // namespace veche::trade
