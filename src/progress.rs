//! The progress bar: what is done and time left, on a terminal only; never changes a result.

use experiments::Progress;
use experiments::result::Basis;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::arguments::Speech;

/// A bar on standard error that follows a study or an experiment.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    what: Option<&'static str>,
}

impl Bar {
    /// A bar that counts `unit`, hidden if nothing is to be said or nobody looks.
    pub fn new(speech: Speech, unit: &str) -> Self {
        let target = match speech {
            Speech::Silent => ProgressDrawTarget::hidden(),
            Speech::Words | Speech::Json => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = format!("{{msg}} [{{wide_bar}}] {{human_pos}} of {{human_len}} {unit}, {{eta}} left ");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self { bar, what: None }
    }

    /// Shows how far `what` has come; another one starts anew.
    pub fn show(&mut self, what: &'static str, done: u64, of: u64) {
        if of == 0 {
            return;
        }
        if self.what != Some(what) {
            if self.what.replace(what).is_some() {
                self.bar.reset();
            }
            self.bar.set_message(what);
        }
        self.bar.set_length(of);
        self.bar.set_position(done);
    }

    /// Shows how far a comparison has come.
    pub fn show_worlds(&mut self, progress: Progress) {
        let what = match progress.basis {
            Basis::Settings => "Under these settings",
            Basis::Plausible => "Over plausible companies",
        };
        self.show(what, progress.worlds_done, progress.worlds_expected);
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
