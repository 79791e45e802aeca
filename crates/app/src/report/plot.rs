//! Charts of a report: which questions their points are, and the finished chart from the printed points.
//!
//! Every point is a printed piece like any other: it has a record, a tag in the basis and a line in the evidence.
//!
//! Deliberately absent: the Word format (`office::docx`). To let something else stand along the axis: a variant of
//! [`Across`], its questions in [`questions`], its words in [`category`].

use std::sync::Arc;

use figures::{Exclude, FieldPath, Request};
use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{Error, Output};
use model::definition::{Across, Chart, ChartKind, ChartSeries};
use model::id::FigureId;
use model::period::Month;
use model::wording::number::say_period;
use office::docx::{self, Drawn, Series};

use super::ask::{Part, Subject};
use super::messages;
use super::objects::{MAX_PRINTED, kind};
use super::print::Style;
use super::records::SlotRecord;
use super::session::{Cell, Mode, Plotted, Printed, Session};

/// Most that may stand along an axis.
const MOST: u32 = 60;

/// A chart ready to be drawn: its points, series by series.
#[derive(Debug)]
pub(super) struct Plot {
    name: String,
    series: Vec<Vec<Cell>>,
    /// Whether the breakdown has more lines than are drawn.
    cut: bool,
}

impl Object for Plot {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

/// The points of a chart by its name.
pub(super) fn plan(session: &Arc<Session>, name: &str) -> Result<Value, Error> {
    let charts = &session.setup.report.charts;
    let Some(chart) = charts.get(name) else {
        return Err(session.refuse(messages::unknown_chart(name, charts.keys())));
    };
    if session.mode() != Mode::Slot {
        return Err(session.refuse(messages::chart_stands_alone()));
    }
    let mut series = Vec::with_capacity(chart.series.len());
    let mut cut = false;
    for one in &chart.series {
        let cells = cells(session, chart, one)?;
        cut |= cells.first().is_some_and(|cell| lines(session, cell) > cells.len());
        series.push(cells);
    }
    // A breakdown of one series names the lines; the others are shown for as many.
    let most = series.iter().map(Vec::len).min().unwrap_or(0);
    series.iter_mut().for_each(|cells| cells.truncate(most));
    Ok(Value::from_object(Plot { name: name.to_owned(), series, cut }))
}

/// How many lines the breakdown of a point has.
fn lines(session: &Session, cell: &Cell) -> usize {
    match (&cell.subject, &session.answers) {
        (Subject::Figure { request, row: Some(_) }, Some(answers)) => answers.rows(request),
        _ => 0,
    }
}

fn cells(session: &Session, chart: &Chart, series: &ChartSeries) -> Result<Vec<Cell>, Error> {
    let part =
        Part::named(&series.part).ok_or_else(|| session.refuse(messages::no_such_part(&series.part)))?;
    let mut cells = Vec::new();
    for (request, row) in questions(session, chart, series)? {
        {
            let mut state = session.state();
            state.wants.figures.insert((*request).clone());
            match part {
                Part::Mom => state.wants.moms.insert((*request).clone()),
                Part::Target | Part::LastTarget | Part::Completion => {
                    state.wants.targets.insert((*request).clone())
                }
                _ => false,
            };
        }
        let mut cell = Cell { subject: Subject::Figure { request, row }, part, style: Style::default() };
        if let Some(unit) = &series.unit {
            let kind = kind(session, &cell)?;
            let units = &session.content().units;
            let styled = Style::default().with("unit", Some(unit.as_str()), &kind, units);
            cell.style = styled.map_err(|fault| session.refuse((fault.message, fault.hint)))?;
        }
        cells.push(cell);
    }
    Ok(cells)
}

type Asked = (Arc<Request>, Option<usize>);

/// The questions of a series, one for each place along the axis.
fn questions(session: &Session, chart: &Chart, series: &ChartSeries) -> Result<Vec<Asked>, Error> {
    let base = |figure: &FigureId, at: Month| request(session, series, figure, at);
    let own = series.figure.as_ref().or(chart.figures.first());
    let set = own.and_then(|id| session.setup.value(id.as_str().strip_prefix('$')?));
    let of_parameter = set.map(FigureId::from);
    let figure = of_parameter
        .as_ref()
        .or(own)
        .ok_or_else(|| session.refuse(messages::unknown_figure(&series.title, std::iter::empty())))?;
    Ok(match chart.across {
        Across::Figures => {
            let each = chart.figures.iter().map(|figure| Ok((Arc::new(base(figure, session.period)?), None)));
            each.collect::<Result<_, Error>>()?
        }
        Across::Months | Across::Years => {
            let each = months(chart, session.period).into_iter();
            each.map(|at| Ok((Arc::new(base(figure, at)?), None))).collect::<Result<_, Error>>()?
        }
        Across::Rows => {
            let field = chart.by.as_deref().unwrap_or_default();
            let path: FieldPath = field.parse().map_err(|_| session.refuse(messages::bad_field(field)))?;
            let known = session.figure(figure.as_str())?;
            if !super::check::can_break_down(session.content(), known, &path) {
                return Err(session.refuse(messages::cannot_break_down(&known.title, field)));
            }
            let request = Arc::new(Request { by: Some(path), ..base(figure, session.period)? });
            let rows = session.answers.as_ref().map_or(1, |answers| answers.rows(&request));
            let most = chart.count.unwrap_or(10).min(MOST) as usize;
            (0..rows.min(most)).map(|row| (Arc::clone(&request), Some(row))).collect()
        }
    })
}

fn request(session: &Session, series: &ChartSeries, figure: &FigureId, at: Month) -> Result<Request, Error> {
    let known = session.figure(figure.as_str())?;
    let mut request = Request::new(figure.clone(), at);
    request.window = series.window;
    request.exclude.extend(series.exclude.clone().map(Exclude::Named));
    for (field, text) in &series.only {
        let path: FieldPath = field.parse().map_err(|_| session.refuse(messages::bad_field(field)))?;
        if !super::check::can_break_down(session.content(), known, &path) {
            return Err(session.refuse(messages::cannot_break_down(&known.title, field)));
        }
        let text = match text.strip_prefix('$') {
            Some(name) => {
                let set = session.setup.value(name);
                set.ok_or_else(|| session.refuse(messages::not_set(name, name)))?.to_owned()
            }
            None => text.clone(),
        };
        request.only.push((path, text));
    }
    Ok(request)
}

/// The months along the axis, oldest first.
fn months(chart: &Chart, period: Month) -> Vec<Month> {
    let own = u32::try_from(period.month()).unwrap_or(12);
    let count = chart.count.unwrap_or(if chart.across == Across::Years { 5 } else { own }).clamp(1, MOST);
    let step: i32 = if chart.across == Across::Years { 12 } else { 1 };
    let last = i32::from(period.year()) * 12 + i32::from(period.month()) - 1;
    let back = (0..i32::try_from(count).unwrap_or(1)).rev().map(|n| last - n * step);
    back.filter_map(|at| {
        let (year, month) =
            (i16::try_from(at.div_euclid(12)).ok()?, i8::try_from(at.rem_euclid(12) + 1).ok()?);
        Month::new(year, month)
    })
    .collect()
}

/// Prints a chart: its token, and its points as pieces. Months of which there is nothing to count are left out.
pub(super) fn draw(session: &Session, out: &mut Output<'_>, plot: &Plot) -> Result<(), Error> {
    // The first series leads: where it has nothing to count, nothing stands along the axis.
    let collected = |at: &usize| {
        let leading = plot.series.first().and_then(|cells| cells.get(*at)).map(|cell| &cell.subject);
        match (leading, &session.answers) {
            (Some(Subject::Figure { request, row: None }), Some(answers)) => !answers.nothing_due(request),
            _ => true,
        }
    };
    let kept: Vec<usize> = (0..plot.series.first().map_or(0, Vec::len)).filter(|at| collected(at)).collect();
    let mut state = session.state();
    let first = state.printed.len();
    if first + kept.len() * plot.series.len() > MAX_PRINTED {
        drop(state);
        return Err(session.refuse(messages::out_of_fuel()));
    }
    let (tag, pass) = (state.tag, state.pass);
    for cells in &plot.series {
        let points = kept.iter().filter_map(|at| cells.get(*at));
        state.printed.extend(points.map(|cell| Printed { tag, pass, cell: cell.clone() }));
    }
    let index = state.charts.len();
    state.charts.push(Plotted { name: plot.name.clone(), first, categories: kept.len(), cut: plot.cut });
    out.write_str(&docx::chart_token(index)).map_err(Error::from)
}

/// The finished charts, and what the records of their points say of where they stand.
pub(super) fn charts(
    session: &super::settings::Setup,
    drawn: &[Plotted],
    slots: &mut [SlotRecord],
) -> Vec<docx::Chart> {
    let chart = |(index, plotted): (usize, &Plotted)| {
        let chart = session.report.charts.get(&plotted.name)?;
        let ends = plotted.first + plotted.categories * chart.series.len();
        let own = slots.get_mut(plotted.first..ends)?;
        let categories: Vec<String> =
            own.iter().take(plotted.categories).map(|slot| category(chart.across, slot)).collect();
        for (at, slot) in own.iter_mut().enumerate() {
            let place = at % plotted.categories.max(1);
            let name = categories.get(place).map_or("", String::as_str);
            let before = messages::in_chart(&chart.title, name);
            slot.part = docx::chart_part(index);
            slot.paragraph = place + 1;
            slot.at = before.len();
            slot.paragraph_text = Arc::from(before + &slot.text);
        }
        let points = own.chunks(plotted.categories.max(1));
        let series = chart.series.iter().zip(points);
        let series: Vec<Series> = series.map(|(one, points)| finished(chart, one, points)).collect();
        // A pie of the first lines is no whole: its title says so.
        let part = plotted.cut && chart.kind == ChartKind::Pie;
        let title =
            if part { messages::first_lines(&chart.title, categories.len()) } else { chart.title.clone() };
        let words = messages::chart_words(&title, &categories, &series);
        Some(docx::Chart { name: plotted.name.clone(), title, words, categories, series })
    };
    drawn.iter().enumerate().filter_map(chart).collect()
}

fn finished(chart: &Chart, series: &ChartSeries, points: &[SlotRecord]) -> Series {
    let number = |slot: &SlotRecord| slot.blank.is_none().then(|| slot.text.clone());
    let unit = points.iter().find_map(|slot| slot.unit.as_ref()).map(ToString::to_string);
    let rate = matches!(series.part.as_str(), "yoy" | "mom" | "share" | "completion");
    let percent = if rate { "%" } else { "" };
    let places = |text: &String| text.split_once('.').map_or(0, |(_, places)| places.len());
    let all: Vec<Option<String>> = points.iter().map(number).collect();
    Series {
        title: series.title.clone(),
        unit: unit.unwrap_or_else(|| percent.to_owned()),
        drawn: match series.kind.unwrap_or(chart.kind) {
            ChartKind::Column => Drawn::Column,
            ChartKind::Bar => Drawn::Bar,
            ChartKind::Line => Drawn::Line,
            ChartKind::Pie => Drawn::Pie,
        },
        second_axis: series.second_axis,
        places: u32::try_from(all.iter().flatten().map(places).max().unwrap_or(0)).unwrap_or(0),
        points: all,
    }
}

/// What stands under a point.
fn category(across: Across, slot: &SlotRecord) -> String {
    let row = match &slot.subject {
        super::SlotSubject::Figure { row, .. } => row.as_ref().map(|(_, name)| name.clone()),
        _ => None,
    };
    match (across, slot.period) {
        (Across::Rows, _) => row.filter(|name| !name.is_empty()).unwrap_or_else(messages::row_without_name),
        (Across::Months, Some(period)) => say_period(period),
        (Across::Years, Some(period)) => messages::year(period.end.year()),
        _ => slot.title.clone(),
    }
}
