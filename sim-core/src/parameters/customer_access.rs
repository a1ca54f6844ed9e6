//! Who hears customers, directly or through data.

use super::Provenance::Assumed;
use super::setting::group;

group! {
    /// Who hears customers.
    CustomerAccess customer_access "customer_access"
    product_people: f64 = 0.25, "0-1", 0 => 1.0, None, Lever,
        Assumed("product managers spend 7 percent of their time with customers (Product Management Festival 2019); mapping to the scale judged");
        "How directly product people reach customers."
    engineers: f64 = 0.1, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "How directly engineers hear customers."
    data: f64 = 0.25, "0-1", 0 => 1.0, None, Lever,
        Assumed("no good source");
        "How much of what customers do can be measured after release."
}
