#include "api/secrets.hpp"
#include "cli/files.hpp"
#include "cli/key_file.hpp"
#include "cli/verbs.hpp"
#include "journal/signed_note.hpp"

namespace veche::cli {
namespace {

struct made_key {
    std::string file;
    std::string id;
    std::string public_key;
};
VECHE_FIELDS_HERE(made_key, (file, "Where the key is."), (id, "Id under which to enrol it."),
                  (public_key, "What to enrol."))

}  // namespace

int keygen(const keygen_options& options, const terminal& on) {
    if (!is_identifier(options.id)) return on.fail(options.id + " is no id of a key.", wrong_usage);
    const key_file key = key_from_seed(options.id, api::random_bytes(journal::seed_bytes));
    if (const auto written = write_new_file(options.file, to_json(key) + "\n", true); !written)
        return on.fail(written.error().sentence());
    if (on.json) on.out << to_json(made_key{options.file.string(), key.id, key.public_key}) << '\n';
    on.say("The key is in " + options.file.string() + "; keep it secret. To enrol it:");
    on.say("  veche do people.enroll_key key=" + key.id +
           " name=NAME public_key=" + key.public_key);
    return done;
}

}  // namespace veche::cli
