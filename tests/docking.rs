//! Docking: independent implementations of the reference model beside one another; no arithmetic of its own.

mod oracle;
