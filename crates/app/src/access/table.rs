//! The one table of authorisation: every kind of thing the web API can be asked, and who may.
//!
//! A route names its [`Action`]; the guard asks [`admits`] before anything else happens. Which books and rows an admitted
//! actor then sees is asked of the actor by the use case. Deliberately absent: routes. To add an action: a variant, its
//! line in [`RULES`]; a test fails for a variant without a line.

use model::definition::Right;

use super::Actor;

/// A kind of thing the API can be asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Action {
    /// Signing in and out, setting up an account by its link.
    SignIn,
    /// One's own account: password, second factor, language.
    Account,
    /// The definitions one may see.
    ReadContent,
    /// Rows of books, their history and completeness.
    ReadBooks,
    /// Writing rows.
    Record,
    /// Showing one masked value.
    Unmask,
    /// Saved questions to books.
    SavedViews,
    /// Whom to remind.
    ReadReminders,
    /// Keeping that somebody was reminded.
    Remind,
    /// Sending in a file and looking at what it would change.
    Stage,
    /// Accepting a staged file, keeping a layout.
    AcceptFile,
    /// Files as they were sent.
    ReadSources,
    /// Names that wait for a decision.
    ReadMatches,
    /// Deciding them.
    DecideMatches,
    /// What is wrong with the data.
    ReadFindings,
    /// Closing a finding.
    ResolveFindings,
    /// Revisions of the ledger.
    ReadRevisions,
    /// Taking one back.
    Undo,
    /// Figures, their trace, targets, projects, the overview.
    ReadFigures,
    /// Parcels: list, map, coverage, what-ifs, documents, frozen evaluations.
    ReadParcels,
    /// Policies: who is due what, cases, calculation sheets, what a draft would cost.
    ReadPolicies,
    /// Confirming proposals of policies and moving their cases on.
    PayPolicies,
    /// Freezing an evaluation, deciding on objections.
    Evaluate,
    /// Visits and demands: due, board, lights, counts.
    ReadVisits,
    /// Making plans with enterprises and moving them on.
    RecordPlans,
    /// Recording visits, taking demands further.
    RecordVisits,
    /// The pages of one's own enterprise: its returns, demands, money.
    Portal,
    /// Accepting returns of enterprises and sending them back.
    JudgeReturns,
    /// Reports: preview, documents, what changed.
    ReadReports,
    /// Publishing a report.
    Publish,
    /// Keeping a report of the park's own.
    KeepReport,
    /// One's own long work.
    Jobs,
    /// People, roles, departments.
    People,
    /// Sessions of everybody.
    Sessions,
    /// Tokens for machines.
    Tokens,
    /// The audit.
    ReadAudit,
    /// Settings, state, faults of the content.
    Operate,
    /// Backups and verification.
    Care,
}

/// What an action needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Nothing: before anybody is known.
    Nothing,
    /// To be signed in, in person: not by a token. All that is left to somebody who must set up a second factor first.
    InPerson,
    /// To be signed in.
    SignedIn,
    /// A right, on some book or over the park; enterprise users too, for their own rows.
    Any(Right),
    /// A right, and not to be an enterprise user.
    Staff(Right),
    /// One of two rights, and not to be an enterprise user.
    StaffEither(Right, Right),
}

/// The table: each action, its word in the description of the API, what it needs.
pub const RULES: &[(Action, &str, Need)] = &[
    (Action::SignIn, "sign_in", Need::Nothing),
    (Action::Account, "account", Need::InPerson),
    (Action::ReadContent, "read_content", Need::SignedIn),
    (Action::ReadBooks, "read_books", Need::Any(Right::Read)),
    (Action::Record, "record", Need::Any(Right::Record)),
    (Action::Unmask, "unmask", Need::Any(Right::Unmask)),
    (Action::SavedViews, "saved_views", Need::Any(Right::Read)),
    (Action::ReadReminders, "read_reminders", Need::Staff(Right::Read)),
    (Action::Remind, "remind", Need::Staff(Right::Record)),
    (Action::Stage, "stage", Need::Any(Right::Record)),
    (Action::AcceptFile, "accept_file", Need::Staff(Right::Accept)),
    (Action::ReadSources, "read_sources", Need::Staff(Right::Read)),
    (Action::ReadMatches, "read_matches", Need::Staff(Right::Read)),
    (Action::DecideMatches, "decide_matches", Need::Staff(Right::Accept)),
    (Action::ReadFindings, "read_findings", Need::Staff(Right::Read)),
    (Action::ResolveFindings, "resolve_findings", Need::Staff(Right::Accept)),
    (Action::ReadRevisions, "read_revisions", Need::Staff(Right::Read)),
    (Action::Undo, "undo", Need::Staff(Right::Accept)),
    (Action::ReadFigures, "read_figures", Need::Staff(Right::Read)),
    (Action::ReadParcels, "read_parcels", Need::Staff(Right::Read)),
    (Action::ReadPolicies, "read_policies", Need::Staff(Right::Read)),
    (Action::PayPolicies, "pay_policies", Need::Staff(Right::Record)),
    (Action::Evaluate, "evaluate", Need::Staff(Right::Accept)),
    (Action::ReadVisits, "read_visits", Need::Staff(Right::Read)),
    (Action::RecordPlans, "record_plans", Need::Staff(Right::Record)),
    (Action::RecordVisits, "record_visits", Need::Staff(Right::Record)),
    (Action::Portal, "portal", Need::Any(Right::File)),
    (Action::JudgeReturns, "judge_returns", Need::Staff(Right::Accept)),
    (Action::ReadReports, "read_reports", Need::Staff(Right::Read)),
    (Action::Publish, "publish", Need::Staff(Right::Publish)),
    (Action::KeepReport, "keep_report", Need::Staff(Right::Administer)),
    (Action::Jobs, "jobs", Need::SignedIn),
    (Action::People, "people", Need::Staff(Right::Administer)),
    (Action::Sessions, "sessions", Need::Staff(Right::Administer)),
    (Action::Tokens, "tokens", Need::Staff(Right::Administer)),
    (Action::ReadAudit, "read_audit", Need::StaffEither(Right::Audit, Right::Administer)),
    (Action::Operate, "operate", Need::Staff(Right::Administer)),
    (Action::Care, "care", Need::Staff(Right::Administer)),
];

impl Action {
    fn rule(self) -> &'static (Self, &'static str, Need) {
        RULES.iter().find(|(action, ..)| *action == self).expect("a test finds every action in the table")
    }

    /// Its word in the description of the API.
    pub fn word(self) -> &'static str {
        self.rule().1
    }

    /// What it needs.
    pub fn need(self) -> Need {
        self.rule().2
    }
}

/// What the table says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Admission {
    /// The use case decides about books and rows.
    Admitted,
    /// Nobody is signed in.
    SignInFirst,
    /// The actor must set up a second factor first.
    EnrolFirst,
    /// The actor lacks the right.
    Refused,
}

/// Whether somebody may do an action at all.
pub fn admits(actor: Option<&Actor>, action: Action) -> Admission {
    let need = action.need();
    let Some(actor) = actor else {
        return if need == Need::Nothing { Admission::Admitted } else { Admission::SignInFirst };
    };
    if actor.must_enrol() && !matches!(need, Need::Nothing | Need::InPerson) {
        return Admission::EnrolFirst;
    }
    let admitted = match need {
        Need::Nothing | Need::SignedIn => true,
        Need::InPerson => actor.person.is_none() || actor.in_person().is_ok(),
        Need::Any(right) => actor.may_anywhere(right),
        Need::Staff(right) => !actor.is_enterprise() && actor.may_anywhere(right),
        Need::StaffEither(one, other) => {
            !actor.is_enterprise() && (actor.may_anywhere(one) || actor.may_anywhere(other))
        }
    };
    if admitted { Admission::Admitted } else { Admission::Refused }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_stand_in_the_table_once_in_order_with_words_of_their_own() {
        let mut words: Vec<&str> = RULES.iter().map(|(_, word, _)| *word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), RULES.len());
        assert!(RULES.is_sorted_by(|a, b| a.0 < b.0), "the table has an action twice or out of order");
        // The last variant is in place: with the order, none is missing.
        assert_eq!(RULES.len(), Action::Care as usize + 1);
    }

    #[test]
    fn nobody_may_only_sign_in_and_the_machine_may_everything() {
        let local = Actor::local("x");
        for (action, ..) in RULES {
            let nobody = admits(None, *action);
            let expected =
                if *action == Action::SignIn { Admission::Admitted } else { Admission::SignInFirst };
            assert_eq!(nobody, expected, "{action:?}");
            assert_eq!(admits(Some(&local), *action), Admission::Admitted, "{action:?}");
        }
    }
}
