"""Reading in a child process with limits on time and memory, whose death costs one page."""
