//! Status (参评状态): whether a parcel or an enterprise is judged at all, before any score.
//!
//! In this order: exempt, not due, no data, scored. What is not due leaves numerator and denominator alike; what is past its contracted
//! date and still does not produce is judged with its zero, unless a rule says otherwise.
//!
//! Deliberately absent: grades and their limits – those are a scheme's – and the words a status is printed with.
//!
//! To add a reason for not judging: a field of [`Case`] and its place in [`standing`].

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::facts::Status;

/// What is known about a subject on the day it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Why it is exempt, in the content's words: public use, utility, resettlement or affordable rental housing.
    pub exempt: Option<Arc<str>>,
    /// Whether anything is being built instead of used.
    pub under_construction: bool,
    /// Since when it produces, as declared (投产).
    pub producing: Option<Date>,
    /// The latest date on which it must produce by contract (约定投产).
    pub must_produce: Option<Date>,
    /// The date on which it must produce in full (约定达产).
    pub must_fulfil: Option<Date>,
    /// Domains of data that are missing for it.
    pub missing: Vec<Arc<str>>,
}

/// Rules that differ from place to place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Whether what is past its contracted date stays out all the same. By default it is judged with its zero.
    pub overdue_stays_out: bool,
    /// Whether what produces is not judged before the contracted date of full production. By default it is.
    pub wait_for_fulfilment: bool,
}

/// Whether a subject is judged, and whether it is late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Whether it is judged.
    pub status: Status,
    /// The contracted date it has passed without producing (逾期未投产).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Date>,
}

/// The status on a day, usually the last of the evaluated year.
pub fn standing(case: &Case, on: Date, rules: Rules) -> Standing {
    let produces = case.producing.is_some_and(|since| since <= on);
    let waiting = !produces && (case.under_construction || case.must_produce.is_some());
    let overdue = case.must_produce.filter(|due| waiting && *due < on);
    let status = if let Some(reason) = &case.exempt {
        Status::Exempt { reason: reason.clone() }
    } else if waiting && (overdue.is_none() || rules.overdue_stays_out) {
        Status::NotDue { until: case.must_produce }
    } else if rules.wait_for_fulfilment && case.must_fulfil.is_some_and(|due| on < due) {
        Status::NotDue { until: case.must_fulfil }
    } else if overdue.is_none() && !case.missing.is_empty() {
        Status::NoData { missing: case.missing.clone() }
    } else {
        Status::Scored
    };
    Standing { status, overdue: overdue.filter(|_| case.exempt.is_none()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(case: Case, rules: Rules, status: Status, overdue: Option<Date>) {
        assert_eq!(standing(&case, date(2023, 12, 31), rules), Standing { status, overdue }, "{case:?}");
    }

    #[test]
    fn exempt_then_not_due_then_no_data_then_scored() {
        let usual = Rules::default();
        let tax: Arc<str> = "tax".into();
        let missing = vec![tax];
        check(Case::default(), usual, Status::Scored, None);
        let none = Case { missing: missing.clone(), ..Case::default() };
        check(none.clone(), usual, Status::NoData { missing: missing.clone() }, None);
        let building = Case { under_construction: true, must_produce: Some(date(2024, 6, 30)), ..none };
        check(building.clone(), usual, Status::NotDue { until: Some(date(2024, 6, 30)) }, None);
        let exempt = Case { exempt: Some("utility".into()), ..building };
        check(exempt, usual, Status::Exempt { reason: "utility".into() }, None);
    }

    #[test]
    fn what_is_late_is_judged_unless_a_rule_says_otherwise() {
        let due = date(2023, 6, 30);
        let late = Case { under_construction: true, must_produce: Some(due), ..Case::default() };
        check(late.clone(), Rules::default(), Status::Scored, Some(due));
        let lenient = Rules { overdue_stays_out: true, ..Rules::default() };
        check(late.clone(), lenient, Status::NotDue { until: Some(due) }, Some(due));
        let produces = Case { producing: Some(date(2023, 9, 1)), under_construction: false, ..late };
        check(produces, Rules::default(), Status::Scored, None);
    }

    #[test]
    fn full_production_is_waited_for_only_by_rule() {
        let full = date(2025, 12, 31);
        let case = Case { producing: Some(date(2023, 1, 1)), must_fulfil: Some(full), ..Case::default() };
        check(case.clone(), Rules::default(), Status::Scored, None);
        let patient = Rules { wait_for_fulfilment: true, ..Rules::default() };
        check(case, patient, Status::NotDue { until: Some(full) }, None);
    }
}
