"""What filling a store from fact files takes: time, rows a second, and the CPU and memory of the command itself."""
