#pragma once

namespace upyd {

/// Gives back memory that the process does not need while it sleeps: the code of the program and its libraries that was
/// read in for what is over, and free memory of the allocator. What is used again comes from the page cache, a few
/// microseconds later. Any thread.
void give_back_memory();

}  // namespace upyd
