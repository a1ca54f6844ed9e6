//! How trust moves, of stakeholders or between two: up with what was kept, down with what was missed; never beyond 0
//! and 1.

use crate::policy::Policy;

/// Something was kept, or a metric moved: a share `weight` of a full step up.
pub fn raise(policy: &Policy, trust: &mut f64, weight: f64) {
    *trust += policy.parameters.behaviour.trust_step * weight * (1.0 - *trust);
}

/// Something was missed: a share `weight` of a full step down.
pub fn lower(policy: &Policy, trust: &mut f64, weight: f64) {
    *trust -= policy.parameters.behaviour.trust_step * weight * *trust;
}

/// When nothing happens, trust goes back to what is usual.
pub fn fade(policy: &Policy, trust: &mut f64, usual: f64) {
    *trust += policy.parameters.behaviour.trust_return * (usual - *trust);
}
