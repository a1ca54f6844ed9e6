//! The yardsticks of theory against their own published values, so that what they are laid on can be believed.

mod theory;
