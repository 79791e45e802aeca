//! Targets (任务) of a year: how far each figure is, what is missing, which pace that needs, where it may end.
//!
//! Deliberately absent: setting targets (they are entries of a book) and adding targets of several setters. A forecast is
//! always named as one, with its method; where there is nothing to forecast from, there is none.

use figures::compare;
use figures::{Engine, Outcome, Request, TargetKind, TargetProgress};
use model::definition::Figure;
use model::id::{EntryId, FieldId, FigureId};
use model::period::{Month, Window};
use model::value::Value;
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Actor;
use crate::definitions::sees;
use crate::explore::{self, Asking, Val};
use crate::messages::tasks as say;
use crate::park::Park;

/// The targets of a year.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Tasks {
    /// The month asked for.
    pub period: String,
    /// How much of the year has passed, in percent.
    #[schema(value_type = String)]
    pub elapsed: Decimal,
    /// The targets, figure by figure in the order of the content, setters in the order of the book.
    pub items: Vec<Task>,
}

/// How a target stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// It is reached.
    Done,
    /// At least as far as the year.
    OnTrack,
    /// Behind the year.
    Behind,
    /// The figure has no value yet.
    NoData,
}

/// One target.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Task {
    /// The figure.
    #[schema(value_type = String)]
    pub figure: FigureId,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// The year.
    pub year: i16,
    /// Who set it.
    pub setter: String,
    /// `amount`, `growth`, `count` or `share`.
    pub kind: String,
    /// The target in `unit`.
    #[schema(value_type = String)]
    pub target: Decimal,
    /// The unit of target, gap, pace and forecast.
    pub unit: Option<String>,
    /// “以上”.
    pub at_least: bool,
    /// The document it stands in.
    pub document: String,
    /// The figure's own last month.
    pub through: String,
    /// What the figure is.
    pub actual: Val,
    /// Done, in percent of the target; of levels only.
    #[schema(value_type = Option<String>)]
    pub progress: Option<Decimal>,
    /// How much of the year has passed by the figure's own last month, in percent.
    #[schema(value_type = String)]
    pub elapsed: Decimal,
    /// How far behind, in percentage points: of levels behind the year, of rates behind the target. Negative is ahead.
    #[schema(value_type = Option<String>)]
    pub behind: Option<Decimal>,
    /// What is missing.
    #[schema(value_type = Option<String>)]
    pub gap: Option<Decimal>,
    /// What each remaining month must add; of levels only.
    #[schema(value_type = Option<String>)]
    pub monthly_pace: Option<Decimal>,
    /// Months that remain after the figure's last.
    pub months_left: i8,
    /// Where it may end.
    pub forecast: Option<Forecast>,
    /// How it stands.
    pub status: TaskStatus,
    /// The entry that holds it.
    #[schema(value_type = u64)]
    pub entry: EntryId,
}

/// Where a figure may end. A forecast, not a value.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Forecast {
    /// The year's value.
    #[schema(value_type = String)]
    pub value: Decimal,
    /// In percent of the target.
    #[schema(value_type = Option<String>)]
    pub progress: Option<Decimal>,
    /// `last_year` or `linear`.
    pub method: String,
    /// The method in words.
    pub words: String,
}

/// All targets of the year of a month that are for this person to see.
///
/// # Errors
/// [`explore::ExploreFault`] when the ledger cannot be read.
pub fn tasks(park: &Park, actor: &Actor, at: Month) -> explore::Result<Tasks> {
    let asking = Asking::new(park, actor)?;
    let items = of_figures(&asking, actor, at, None);
    Ok(Tasks { period: at.to_string(), elapsed: compare::elapsed(at.month()), items })
}

/// The targets of one figure or of all.
pub(crate) fn of_figures(
    asking: &Asking<'_>,
    actor: &Actor,
    at: Month,
    only: Option<&FigureId>,
) -> Vec<Task> {
    let engine = asking.engine();
    let figures = asking.content.figures.values();
    let figures = figures.filter(|f| only.is_none_or(|id| *id == f.id) && sees(asking.content, actor, f));
    figures
        .flat_map(|figure| {
            let request = Request::new(figure.id.clone(), at);
            let targets = engine.targets(&request);
            targets.iter().filter_map(|t| task(asking, &engine, figure, &request, t)).collect::<Vec<_>>()
        })
        .collect()
}

fn task<'e>(
    asking: &Asking<'_>,
    engine: &Engine<'e>,
    figure: &'e Figure,
    request: &Request,
    progress: &TargetProgress,
) -> Option<Task> {
    let target = progress.target.number()?;
    let last = engine.own_period(figure, request).end;
    let done = progress.done.number();
    let level = progress.kind == TargetKind::Level;
    let gap = done.map(|done| (target - done).max(Decimal::ZERO));
    // The engine's gap is what is ahead; behind is its opposite.
    let behind = progress.gap.number().map(|ahead| -ahead);
    let status = match (done, behind) {
        (None, _) => TaskStatus::NoData,
        (Some(done), _) if done >= target => TaskStatus::Done,
        (Some(_), Some(behind)) if behind <= Decimal::ZERO => TaskStatus::OnTrack,
        _ => TaskStatus::Behind,
    };
    let forecast = done.filter(|_| level && status != TaskStatus::Done);
    let forecast = forecast.and_then(|done| forecast_of(engine, figure, last, done, target));
    Some(Task {
        figure: figure.id.clone(),
        title: figure.title.clone(),
        title_en: figure.title_en.clone(),
        year: last.year(),
        setter: progress.setter.clone(),
        kind: text_of(asking, progress.entry, "kind"),
        target,
        unit: progress.unit.as_ref().map(ToString::to_string),
        at_least: progress.at_least,
        document: text_of(asking, progress.entry, "document"),
        through: last.to_string(),
        actual: Val::of(&progress.done),
        progress: progress.completion.number(),
        elapsed: progress.elapsed,
        behind,
        gap,
        monthly_pace: progress.pace_needed.number().filter(|pace| *pace > Decimal::ZERO),
        months_left: 12 - last.month(),
        forecast,
        status,
        entry: progress.entry,
    })
}

/// A text of the entry that holds a target.
fn text_of(asking: &Asking<'_>, entry: EntryId, field: &str) -> String {
    let found = asking.snapshot.find(entry);
    let value = found.and_then(|(table, row)| table.value(row, &FieldId::from(field)));
    value.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned()
}

/// Where a level may end: this year's value over the share that last year had reached by the same month; without last
/// year, in proportion to the months.
fn forecast_of<'e>(
    engine: &Engine<'e>,
    figure: &'e Figure,
    last: Month,
    done: Decimal,
    target: Decimal,
) -> Option<Forecast> {
    // Stocks do not grow in proportion to the months.
    if !engine.adds_up(figure) || last.month() == 12 {
        return None;
    }
    let value = |at: Month| {
        let request = Request::new(figure.id.clone(), at).exact().window(Window::Ytd);
        match engine.evaluate(&request).value {
            Outcome::Number(number) if number > Decimal::ZERO => Some(number),
            _ => None,
        }
    };
    let december = Month::new(last.year() - 1, 12)?;
    let by_now = value(last.year_before());
    let (forecast, method, words) = match (by_now, value(december)) {
        (Some(by_now), Some(whole)) if by_now <= whole => {
            (done.checked_mul(whole)?.checked_div(by_now)?, "last_year", say::LAST_YEAR)
        }
        _ => {
            let months = Decimal::from(last.month());
            (done.checked_mul(Decimal::from(12))?.checked_div(months)?, "linear", say::LINEAR)
        }
    };
    Some(Forecast {
        value: forecast.round_dp(figure.decimals + 2).normalize(),
        progress: compare::completion(forecast, target).ok(),
        method: method.to_owned(),
        words: words.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::TestPark;

    const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
        [fields.name]\ntitle='名称'\nkind='text'";
    const RETURNS: &str = "title='月报'\nkind='series'\nkey=['firm','period']\nsubject='firm'\ntime='period'\n\
        every='month'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
        [fields.period]\ntitle='期'\nkind='period'\n[fields.out]\ntitle='产值'\nkind='amount'\nunit='万元'";
    const TARGETS: &str = "title='任务'\nkind='register'\nrole='target'\nkey=['figure','year','setter','kind']\ntime='year'\n\
        [fields.figure]\ntitle='指标'\nkind='figure'\n[fields.year]\ntitle='年'\nkind='year'\n\
        [fields.setter]\ntitle='下达'\nkind='choice'\nchoices=['市','区']\n\
        [fields.kind]\ntitle='类型'\nkind='choice'\nchoices=['amount','growth']\n\
        [fields.value]\ntitle='任务数'\nkind='decimal'\n[fields.unit]\ntitle='单位'\nkind='unit'\n\
        [fields.document]\ntitle='文件'\nkind='text'";
    const FIGURES: &str = "title='工业'\n[figures.output]\ntitle='总产值'\nbook='returns'\nmeasure='sum(out)'\ntime='flow'\n\
        window='ytd'\nunit='亿元'\ndecimals=2\nbasis='全部企业'";

    /// 50 万元 in each month of 2022, 100 in January to March 2023.
    fn park() -> TestPark {
        let files = [
            ("books/firms.toml", FIRMS),
            ("books/returns.toml", RETURNS),
            ("books/targets.toml", TARGETS),
            ("figures/industry.toml", FIGURES),
        ];
        let mut park = TestPark::new(&files, "2023-04-20");
        park.put("firms", &["name=甲"]);
        let last_year = (1..=12).map(|m| format!("firm=1; period=2022-{m:02}; out=50"));
        let this_year = (1..=3).map(|m| format!("firm=1; period=2023-{m:02}; out=100"));
        let lines: Vec<String> = last_year.chain(this_year).collect();
        park.put("returns", &lines.iter().map(String::as_str).collect::<Vec<_>>());
        park.put(
            "targets",
            &[
                "figure=output; year=2023; setter=区; kind=amount; value=1600; unit=万元; document=区〔2023〕1号",
                "figure=output; year=2023; setter=市; kind=growth; value=10; unit=%",
            ],
        );
        park
    }

    fn at(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn a_level_says_how_far_what_is_missing_and_where_it_may_end() {
        let park = park();
        let tasks = tasks(&park.park, &Actor::local("x"), at("2023-03")).expect("tasks");
        assert_eq!(tasks.items.len(), 2);
        // 市 stands before 区 in the book's choices.
        let (growth, level) = (&tasks.items[0], &tasks.items[1]);
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        // 300 of 1600 万元: 18.75 %, a quarter of the year gone: 6.25 points behind; 1300 missing in 9 months.
        assert_eq!(level.target, number("0.16"));
        assert_eq!(level.progress, Some(number("18.75")));
        assert_eq!(level.behind, Some(number("6.25")));
        assert_eq!(level.gap, Some(number("0.13")));
        assert_eq!(level.monthly_pace.map(|p| p.round_dp(6)), Some(number("0.014444")));
        assert_eq!((level.months_left, level.status), (9, TaskStatus::Behind));
        assert_eq!(level.document, "区〔2023〕1号");
        // Last year had 150 of 600 by March, a quarter: 300 / ¼ = 1200 万元, 75 % of the target.
        let forecast = level.forecast.as_ref().expect("a flow with last year");
        assert_eq!((forecast.value, forecast.method.as_str()), (number("0.12"), "last_year"));
        assert_eq!(forecast.progress, Some(number("75")));
        // 300 against 150: 100 % growth where 10 % was asked.
        assert_eq!((growth.kind.as_str(), growth.status), ("growth", TaskStatus::Done));
        assert_eq!(growth.actual.number.as_deref(), Some("100"));
        assert_eq!(growth.forecast, None);
    }

    #[test]
    fn a_year_without_returns_has_no_data_and_no_forecast() {
        let mut park = park();
        park.put("targets", &["figure=output; year=2024; setter=区; kind=amount; value=1; unit=亿元"]);
        let tasks = tasks(&park.park, &Actor::local("x"), at("2024-02")).expect("tasks");
        assert_eq!(tasks.items.len(), 1);
        assert_eq!((tasks.items[0].status, &tasks.items[0].forecast), (TaskStatus::NoData, &None));
        assert_eq!(tasks.items[0].gap, None, "what is not known is not missing");
    }
}
