//! One scenario file: from bytes to checked settings; knows nothing of the file it extends.

mod document;
mod given;
mod node;
mod setting;
mod text;

pub(crate) use document::{Document, LONGEST_WARM_UP_WEEKS, kind_of, read};
pub(crate) use given::{Given, PROVENANCES, accept, expected};
pub(crate) use node::{found, meant, raw};
pub(crate) use text::{Text, is_path};
