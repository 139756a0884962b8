//! What holds for every input, shown on thousands of them.

#![allow(clippy::unwrap_used)]

mod asked;
mod deadlines;
mod identity_numbers;
mod money;
