//! The work of the night: policies that need no application are matched with the books, once a day at the hour of the setting
//! `nightly.at`, as a job like any other.
//!
//! Deliberately absent: matching itself (`app::policies::matching`), and catching up on nights the server was off – the next night
//! finds the same.

use std::time::Duration;

use app::access::Actor;
use app::clock::local;
use app::messages::policies as say;
use app::policies::{PoliciesFault, matching};
use jiff::ToSpan as _;
use jiff::civil::{DateTime, Time};
use serde_json::Value;

use super::App;

/// Runs until the server ends.
pub(super) async fn run(app: App, at: Time) {
    loop {
        tokio::time::sleep(until(local(app.clock.now()), at)).await;
        let actor = Actor::local(say::MATCHER);
        let by = actor.clone();
        let work = move |app: &App, _: &app::progress::Watch<'_>| -> Result<Value, PoliciesFault> {
            let matched = app.parks.write(&by.name, |park| matching::run(park, &by, park.today()))?;
            Ok(serde_json::to_value(&matched).expect("answers are plain texts and numbers, always JSON"))
        };
        if let Err(problem) = app.job(&actor, "matching", say::MATCHING.to_owned(), work).await {
            tracing::warn!(problem = problem.detail, "the work of the night could not begin");
        }
    }
}

/// From a moment to the next such hour that is more than a minute away.
fn until(now: DateTime, at: Time) -> Duration {
    let today = now.date().to_datetime(at);
    let soon = now.saturating_add(1.minute());
    let next = if today > soon { today } else { today.saturating_add(1.day()) };
    Duration::try_from(now.duration_until(next)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn the_next_night_is_today_or_tomorrow_and_never_the_one_that_ran() {
        let at = time(2, 30, 0, 0);
        let hours = |n: u64| Duration::from_secs(n * 3600);
        assert_eq!(until(date(2023, 10, 8).at(0, 30, 0, 0), at), hours(2));
        assert_eq!(until(date(2023, 10, 8).at(2, 30, 0, 0), at), hours(24));
        assert_eq!(until(date(2023, 10, 8).at(2, 29, 30, 0), at), hours(24) + Duration::from_secs(30));
        assert_eq!(until(date(2023, 12, 31).at(20, 30, 0, 0), at), hours(6));
    }
}
