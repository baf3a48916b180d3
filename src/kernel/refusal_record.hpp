#pragma once
// A refusal as the journal and the views hold it: figures, not wording. Wording may improve and is
// said in the reader's language (catalogue text "refusal.<code>"); a replay compares bytes.

#include <string>
#include <utility>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche {

struct refusal_record {
    std::string code;
    std::vector<std::string> args;
    std::string field;
    bool operator==(const refusal_record&) const = default;
};
VECHE_FIELDS(refusal_record, (code, "Code of the refusal."),
             (args, "Words that fill the places of its sentence, in order."),
             (field, "The field at fault, as a dotted path."))

inline refusal_record record_of(refusal why) {
    return {std::string(why.code()), std::move(why.args), std::move(why.field)};
}

}  // namespace veche
