"""The arithmetic of evaluation, in exact numbers, without Django."""
