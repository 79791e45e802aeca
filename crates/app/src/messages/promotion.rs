//! What is said about investment promotion.

/// A claim on an arrival that is not there.
pub fn no_arrival(programme: &str, arrival: &str) -> String {
    format!("“{programme}”认定的到资“{arrival}”不在到资台账里")
}

/// Two claims on one arrival under one target.
pub fn twice(programme: &str, arrival: &str) -> String {
    format!("到资“{arrival}”在“{programme}”下认定了两次")
}

/// A claim for more than arrived.
pub fn more_than_arrived(programme: &str, arrival: &str) -> String {
    format!("“{programme}”认定的金额大于到资“{arrival}”的到位金额")
}

/// The rows do not add up to the figure.
pub fn not_the_figure(title: &str, shown: &str) -> String {
    format!("各笔到资合计与指标“{title}”（{shown}）不一致")
}
