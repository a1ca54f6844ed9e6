//! Study folders.
