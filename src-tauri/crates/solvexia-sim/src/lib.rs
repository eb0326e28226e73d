//! A simulated SolveXia: a library for tests and the demo, a binary for people.
