//! The progress bar: worlds done and time left, on a terminal only; never changes a result.

use experiments::Progress;
use experiments::result::Basis;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::arguments::Speech;

const TEMPLATE: &str = "{msg} [{wide_bar}] {human_pos} of {human_len} worlds, {eta} left ";

/// A bar on standard error that follows a comparison.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    basis: Option<Basis>,
}

impl Bar {
    /// A bar, hidden if nothing is to be said or nobody looks.
    pub fn new(speech: Speech) -> Self {
        let target = match speech {
            Speech::Silent => ProgressDrawTarget::hidden(),
            Speech::Words | Speech::Json => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self { bar, basis: None }
    }

    /// Shows how far the comparison has come.
    pub fn show(&mut self, progress: Progress) {
        if progress.worlds_expected == 0 {
            return;
        }
        if self.basis != Some(progress.basis) {
            if self.basis.replace(progress.basis).is_some() {
                self.bar.reset();
            }
            self.bar.set_length(progress.worlds_expected);
            self.bar.set_message(match progress.basis {
                Basis::Settings => "Under these settings",
                Basis::Plausible => "Over plausible companies",
            });
        }
        self.bar.set_length(progress.worlds_expected);
        self.bar.set_position(progress.worlds_done);
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
