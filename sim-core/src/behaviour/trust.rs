//! How trust of stakeholders moves: up with what was kept, down with what was missed; never beyond 0 and 1.

use crate::organisation::Line;
use crate::policy::Policy;

/// Something was kept, or a metric moved: a share `weight` of a full step up.
pub fn raise(policy: &Policy, line: &mut Line, weight: f64) {
    line.trust += policy.parameters.behaviour.trust_step * weight * (1.0 - line.trust);
}

/// Something was missed: a share `weight` of a full step down.
pub fn lower(policy: &Policy, line: &mut Line, weight: f64) {
    line.trust -= policy.parameters.behaviour.trust_step * weight * line.trust;
}

/// When nothing happens, trust goes back to the middle.
pub fn fade(policy: &Policy, line: &mut Line) {
    line.trust += policy.parameters.behaviour.trust_return * (0.5 - line.trust);
}
