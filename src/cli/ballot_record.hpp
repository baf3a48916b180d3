#pragma once
// The record of a secret ballot as a file, and the secrets of voters and trustees beside it.

#include <filesystem>

#include "ballot/record.hpp"

namespace veche::cli {

/// A voter's or trustee's secret: {"kind","name","public","seed"}, as `veche ballot keygen` makes
/// it.
enum class holder : std::uint8_t { trustee, voter };
VECHE_CHOICES(holder, trustee, voter)

struct ballot_key {
    holder kind = holder::voter;
    std::string name;
    ballot::seed seed;
};
VECHE_FIELDS(ballot_key, (kind, "Whose it is."), (name, "Name of the trustee."),
             (seed, "The secret. Whoever has it votes or decrypts in your place."))

result<ballot_key> read_ballot_key(const std::filesystem::path& file, holder kind);

/// Which proofs of ballots are verified when a record is read.
enum class thoroughness { everything, all_but_ballots };

/// Reads and checks a record. Ballots are verified by `threads` threads, 0 for all cores.
result<ballot::record> read_record(const std::filesystem::path& file, thoroughness how,
                                   unsigned threads);

/// The same of a record's bytes.
result<ballot::record> read_record_text(const std::string& text, thoroughness how,
                                        unsigned threads);

/// A record that lines are added to, locked against a second writer until this is gone.
class record_file {
  public:
    /// `create`: a new file; otherwise it must be there.
    static result<record_file> open(const std::filesystem::path& file, bool create,
                                    thoroughness how);
    record_file(record_file&&) noexcept;
    record_file& operator=(record_file&&) = delete;
    ~record_file();

    [[nodiscard]] const ballot::record& record() const { return record_; }
    /// Takes the line and writes it; on disk when this returns.
    template <class T>
    result<void> add(ballot::record_kind kind, const T& body) {
        return write(record_.compose(kind, body));
    }

  private:
    record_file(std::filesystem::path file, int fd) : file_(std::move(file)), fd_(fd) {}
    result<void> write(const std::string& line);
    std::filesystem::path file_;
    int fd_;
    ballot::record record_;
};

}  // namespace veche::cli
