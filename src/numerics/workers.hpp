#pragma once
// Threads that share out numbered pieces of work. Which thread takes which piece is left to chance;
// a piece writes only what is its own, and whoever adds pieces up does it in their order, so that
// results do not depend on the number of threads.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace veche::numerics {

class workers {
  public:
    /// The caller is one of the threads; 1 (or less) makes no other.
    explicit workers(int threads);
    ~workers();
    workers(const workers&) = delete;
    workers& operator=(const workers&) = delete;

    /// Calls piece(0) to piece(count - 1), each once; returns when all are done. Pieces do not
    /// throw.
    void run(std::size_t count, const std::function<void(std::size_t)>& piece);

    [[nodiscard]] int threads() const { return static_cast<int>(others_.size()) + 1; }

  private:
    void serve();
    void take(std::unique_lock<std::mutex>& lock);

    std::mutex mutex_;
    std::condition_variable begun_;
    std::condition_variable ended_;
    const std::function<void(std::size_t)>* piece_ = nullptr;
    std::size_t count_ = 0;
    std::size_t next_ = 0;
    std::size_t open_ = 0;  // pieces not done yet
    bool leave_ = false;
    std::vector<std::thread> others_;
};

}  // namespace veche::numerics
