//! Makers of columns: one function per kind.
//!
//! Deliberately absent: a list of kinds; it is [`Kind`]. Every maker draws from a stream named
//! after its population and column, one row after the other.

use indexmap::IndexMap;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::codes;
use super::evaluate::{Scope, round};
use super::formula::Formula;
use super::generate::World;
use super::ground::{self, Block, Plot};
use super::random::Random;
use super::spec::{
    AlongSpec, ColumnSpec, DateSpec, Kind, PickSpec, PlotsSpec, ReferenceSpec, SeriesSpec, SkewedSpec,
    Source, TotalSpec, UniformSpec, UsccSpec,
};
use super::value::{Month, Value};

/// What a maker works with.
struct Column<'a> {
    world: &'a mut World,
    population: usize,
    rows: usize,
    /// Rows that get a value.
    wanted: Vec<bool>,
    random: Random,
}

/// The values of a column, one per row of the population.
pub(super) fn make(
    world: &mut World,
    population: usize,
    name: &str,
    spec: &ColumnSpec,
) -> Result<Vec<Value>, String> {
    let rows = world.populations[population].rows;
    let mut wanted = vec![spec.when.is_none(); rows];
    if spec.when.is_some() {
        for row in world.matching(population, spec.when.as_ref())? {
            wanted[row] = true;
        }
    }
    let stream = format!("{}/{name}", world.populations[population].id);
    let random = Random::stream(world.seed, &stream);
    let mut column = Column { world, population, rows, wanted, random };
    let mut values = match spec.kind()? {
        Kind::Formula(source) => column.formula(source),
        Kind::Pick(pick) => column.pick(pick),
        Kind::Cycle(list) => column.cycle(list),
        Kind::Quota(counts) => column.quota(counts),
        Kind::Uniform(uniform) => column.uniform(uniform),
        Kind::Skewed(skewed) => column.skewed(skewed),
        Kind::Series(series) => column.series(series),
        Kind::Date(date) => column.date(date),
        Kind::Uscc(uscc) => column.uscc(uscc),
        Kind::Reference(reference) => column.reference(reference),
        Kind::Cumulative(along) => column.cumulative(along),
        Kind::Earlier(along) => column.earlier(along),
        Kind::Total(total) => column.total(total),
        Kind::Plots(plots) => column.plots(plots),
    }?;
    for (value, wanted) in values.iter_mut().zip(&column.wanted) {
        if !wanted {
            *value = Value::Blank;
        }
    }
    if let Some(chance) = &spec.missing {
        let chances = column.numbers(chance)?;
        for (value, chance) in values.iter_mut().zip(chances) {
            if column.random.unit() < chance {
                *value = Value::Blank;
            }
        }
    }
    Ok(values)
}

impl Column<'_> {
    /// One value per wanted row.
    fn each(&mut self, mut value: impl FnMut(&mut Self, usize) -> Result<Value, String>) -> Made {
        (0..self.rows).map(|row| if self.wanted[row] { value(self, row) } else { Ok(Value::Blank) }).collect()
    }

    fn at(&self, formula: &Formula, row: usize) -> Result<Value, String> {
        Scope { world: self.world, population: self.population, row }.value(formula)
    }

    fn number(&self, formula: &Formula, row: usize) -> Result<Decimal, String> {
        match self.at(formula, row)? {
            Value::Number(number) => Ok(number),
            other => Err(format!("a number is needed in row {row}, not {other:?}")),
        }
    }

    /// A formula's numbers, 0 where no value is wanted.
    fn numbers(&self, source: &Source) -> Result<Vec<Decimal>, String> {
        let formula = Formula::parse(&source.0)?;
        (0..self.rows)
            .map(|row| if self.wanted[row] { self.number(&formula, row) } else { Ok(Decimal::ZERO) })
            .collect()
    }

    fn list(&self, name: &str) -> Result<Vec<String>, String> {
        self.world.lists.get(name).cloned().ok_or_else(|| format!("there is no list `{name}`"))
    }

    fn formula(&mut self, source: &Source) -> Made {
        let formula = Formula::parse(&source.0)?;
        self.each(|column, row| column.at(&formula, row))
    }

    fn pick(&mut self, pick: &PickSpec) -> Made {
        let chooser = pick.list_of.as_ref().map(|source| Formula::parse(&source.0)).transpose()?;
        let mut lists: FxHashMap<String, Vec<String>> = FxHashMap::default();
        self.each(|column, row| {
            let name = match (&chooser, &pick.list) {
                (Some(formula), None) => column.at(formula, row)?.text(),
                (None, Some(list)) => list.clone(),
                _ => String::new(),
            };
            if !lists.contains_key(&name) {
                let list = if name.is_empty() { pick.values.clone() } else { column.list(&name)? };
                lists.insert(name.clone(), list);
            }
            let list = lists.get_mut(&name).expect("it was put there above");
            if list.is_empty() || !(pick.weights.is_empty() || pick.weights.len() == list.len()) {
                return Err(format!("list `{name}` is used up or its weights are not as many as its words"));
            }
            let index = if pick.weights.is_empty() {
                column.random.index(list.len())
            } else {
                weighted(&mut column.random, &pick.weights)
            };
            let word = if pick.distinct { list.remove(index) } else { list[index].clone() };
            Ok(Value::Text(word))
        })
    }

    fn cycle(&mut self, list: &str) -> Made {
        let list = self.list(list)?;
        let mut words = list.iter().cycle();
        self.each(|_, _| {
            let word = words.next().ok_or("the list is empty")?;
            Ok(Value::Text(word.clone()))
        })
    }

    fn quota(&mut self, counts: &IndexMap<String, usize>) -> Made {
        let mut texts: Vec<&String> =
            counts.iter().flat_map(|(text, count)| std::iter::repeat_n(text, *count)).collect();
        let wanted = self.wanted.iter().filter(|&&w| w).count();
        if texts.len() != wanted {
            return Err(format!("the numbers add up to {}, there are {wanted} rows", texts.len()));
        }
        self.random.shuffle(&mut texts);
        let mut texts = texts.into_iter();
        self.each(|_, _| Ok(texts.next().map_or(Value::Blank, |text| Value::Text(text.clone()))))
    }

    fn uniform(&mut self, uniform: &UniformSpec) -> Made {
        let (min, max) = (Formula::parse(&uniform.min.0)?, Formula::parse(&uniform.max.0)?);
        self.each(|column, row| {
            let (min, max) = (column.number(&min, row)?, column.number(&max, row)?);
            let mut step = Decimal::ONE;
            step.set_scale(uniform.places).map_err(|_| "too many places".to_owned())?;
            // One step more, so that the largest value is as likely as any other.
            let drawn = min + column.random.unit() * (max - min + step);
            let cut = drawn.trunc_with_scale(uniform.places);
            Ok(Value::Number(round(cut.min(max).max(min), uniform.places)))
        })
    }

    fn skewed(&mut self, skewed: &SkewedSpec) -> Made {
        let (median, spread) = (Formula::parse(&skewed.median.0)?, Formula::parse(&skewed.spread.0)?);
        self.each(|column, row| {
            let (median, spread) = (column.number(&median, row)?, column.number(&spread, row)?);
            let factor = Decimal::ONE + spread * column.random.unit();
            let cube = factor * factor * factor;
            let up = column.random.below(2) == 0;
            let drawn = if up { median * cube } else { median / cube };
            Ok(Value::Number(round(drawn, skewed.places)))
        })
    }

    fn series(&mut self, series: &SeriesSpec) -> Made {
        let base = Formula::parse(&series.base.0)?;
        let noise = series.noise.as_ref().map(|source| Formula::parse(&source.0)).transpose()?;
        let season: Vec<Formula> =
            series.season.iter().map(|s| Formula::parse(&s.0)).collect::<Result<_, _>>()?;
        if !(season.is_empty() || season.len() == 12) {
            return Err("`season` has twelve factors".to_owned());
        }
        let mut levels = FxHashMap::default();
        for (year, source) in &series.levels {
            levels.insert(year.clone(), Formula::parse(&source.0)?);
        }
        let mut shocks = Vec::new();
        for shock in &series.shocks {
            let month = |text: &Option<String>| match text {
                None => Ok(None),
                Some(text) => Month::parse(text).map(Some).ok_or(format!("`{text}` is not a month")),
            };
            let filter = shock.filter.as_ref().map(|source| Formula::parse(&source.0)).transpose()?;
            shocks.push((month(&shock.from)?, month(&shock.to)?, filter, Formula::parse(&shock.factor.0)?));
        }
        self.each(|column, row| {
            let month = column.month(&series.over, row)?;
            let mut value = column.number(&base, row)?;
            let index = usize::try_from(month.month() - 1).expect("months count from 1");
            if let Some(factor) = season.get(index) {
                value *= column.number(factor, row)?;
            }
            if let Some(level) = levels.get(&month.year().to_string()) {
                value *= column.number(level, row)?;
            }
            if let Some(noise) = &noise {
                value *= Decimal::ONE + column.number(noise, row)? * column.random.around_zero();
            }
            for (from, to, filter, factor) in &shocks {
                let inside = from.is_none_or(|m| m <= month) && to.is_none_or(|m| month <= m);
                let concerned = match filter {
                    Some(filter) if inside => column.at(filter, row)?.is_true(),
                    _ => inside,
                };
                if concerned {
                    value *= column.number(factor, row)?;
                }
            }
            Ok(Value::Number(round(value, series.places)))
        })
    }

    fn date(&mut self, spec: &DateSpec) -> Made {
        let (from, to) = (Formula::parse(&spec.from.0)?, Formula::parse(&spec.to.0)?);
        self.each(|column, row| {
            let (Value::Date(from), Value::Date(to)) = (column.at(&from, row)?, column.at(&to, row)?) else {
                return Err(format!("`from` and `to` are not both days in row {row}"));
            };
            let days = (to - from).get_days();
            let days = u64::try_from(days).map_err(|_| format!("{to} lies before {from}"))?;
            let offset = i64::try_from(column.random.below(days + 1)).expect("days of a calendar");
            let mut day = moved(from, offset.days())?;
            if spec.workdays {
                day = workday(day, from, to)?;
            }
            Ok(Value::Date(day))
        })
    }

    fn uscc(&mut self, spec: &UsccSpec) -> Made {
        let region = Formula::parse(&spec.region.0)?;
        self.each(|column, row| {
            let region = column.at(&region, row)?.text();
            if region.len() != 6 || !region.bytes().all(|b| b.is_ascii_digit()) {
                return Err(format!("`{region}` is not a six-digit place"));
            }
            loop {
                let code = codes::uscc(&mut column.random, &region);
                if column.world.codes.insert(code.clone()) {
                    return Ok(Value::Text(code));
                }
            }
        })
    }

    fn reference(&mut self, spec: &ReferenceSpec) -> Made {
        let population = self.world.position(&spec.of)?;
        let mut rows = self.world.matching(population, spec.filter.as_ref())?;
        let mut turn = 0;
        self.each(|column, _| {
            if rows.is_empty() || (spec.distinct && spec.in_order && turn >= rows.len()) {
                return Err(format!("`{}` has no row left to refer to", spec.of));
            }
            let index = if spec.in_order { turn % rows.len() } else { column.random.index(rows.len()) };
            turn += 1;
            let row = if spec.distinct && !spec.in_order { rows.remove(index) } else { rows[index] };
            Ok(Value::Row { population, row })
        })
    }

    fn cumulative(&mut self, along: &AlongSpec) -> Made {
        let keys = self.subjects(along)?;
        let mut by_month: Vec<(Month, usize)> = Vec::with_capacity(self.rows);
        for row in 0..self.rows {
            by_month.push((self.month(&along.over, row)?, row));
        }
        by_month.sort_unstable();
        let mut sums: FxHashMap<(String, i32), Decimal> = FxHashMap::default();
        let mut values = vec![Value::Blank; self.rows];
        for (month, row) in by_month {
            let sum = sums.entry((keys[row].clone(), month.year())).or_default();
            if let Value::Number(number) = self.world.cell(self.population, &along.of, row)? {
                *sum += *number;
                values[row] = Value::Number(*sum);
            }
        }
        Ok(values)
    }

    fn earlier(&mut self, along: &AlongSpec) -> Made {
        let keys = self.subjects(along)?;
        let months = along.months.unwrap_or(12);
        let mut known: FxHashMap<(String, Month), usize> = FxHashMap::default();
        for (row, key) in keys.iter().enumerate() {
            known.insert((key.clone(), self.month(&along.over, row)?), row);
        }
        self.each(|column, row| {
            let month = column.month(&along.over, row)?.plus(-months);
            match known.get(&(keys[row].clone(), month)) {
                Some(&earlier) => column.world.cell(column.population, &along.of, earlier).cloned(),
                None => Ok(Value::Blank),
            }
        })
    }

    fn total(&mut self, total: &TotalSpec) -> Made {
        let population = self.world.position(&total.of)?;
        let value = total.value.as_ref().map(|source| Formula::parse(&source.0)).transpose()?;
        let pairs: Vec<(Formula, Formula)> = total
            .same
            .iter()
            .map(|[theirs, mine]| Ok((Formula::parse(&theirs.0)?, Formula::parse(&mine.0)?)))
            .collect::<Result<_, String>>()?;
        let mut sums: FxHashMap<Vec<String>, Decimal> = FxHashMap::default();
        for row in self.world.matching(population, total.filter.as_ref())? {
            let scope = Scope { world: self.world, population, row };
            let key =
                pairs.iter().map(|(theirs, _)| distinct_key(scope, theirs)).collect::<Result<_, _>>()?;
            let number = match &value {
                None => Decimal::ONE,
                Some(formula) => match scope.value(formula)? {
                    Value::Number(number) => number,
                    _ => Decimal::ZERO,
                },
            };
            *sums.entry(key).or_default() += number;
        }
        self.each(|column, row| {
            let scope = Scope { world: column.world, population: column.population, row };
            let key: Vec<String> =
                pairs.iter().map(|(_, mine)| distinct_key(scope, mine)).collect::<Result<_, _>>()?;
            Ok(Value::Number(sums.get(&key).copied().unwrap_or_default()))
        })
    }

    fn plots(&mut self, plots: &PlotsSpec) -> Made {
        let population = self.world.position(&plots.blocks)?;
        let number = |name: &str, row: usize| match self.world.cell(population, name, row)? {
            Value::Number(number) => Ok(*number),
            other => Err(format!("`{name}` of block {row} is no number but {other:?}")),
        };
        let blocks: Vec<Block> = (0..self.world.populations[population].rows)
            .map(|row| {
                Ok(Block {
                    y: number("y", row)?,
                    depth: number("depth", row)?,
                    left: [number("left_bottom", row)?, number("left_top", row)?],
                    right: [number("right_bottom", row)?, number("right_top", row)?],
                })
            })
            .collect::<Result<_, String>>()?;
        let areas = self.numbers(&plots.area)?;
        let areas: Vec<Option<Decimal>> =
            areas.into_iter().zip(&self.wanted).map(|(area, wanted)| wanted.then_some(area)).collect();
        let placed = ground::place(&blocks, &areas)?;
        Ok(placed.iter().map(|p| p.as_ref().map_or(Value::Blank, |p: &Plot| Value::Text(p.text()))).collect())
    }

    fn subjects(&self, along: &AlongSpec) -> Result<Vec<String>, String> {
        let formulas: Vec<Formula> =
            along.by.iter().map(|source| Formula::parse(&source.0)).collect::<Result<_, _>>()?;
        let mut keys = Vec::with_capacity(self.rows);
        for row in 0..self.rows {
            let scope = Scope { world: self.world, population: self.population, row };
            let parts: Vec<String> =
                formulas.iter().map(|f| distinct_key(scope, f)).collect::<Result<_, _>>()?;
            keys.push(parts.join("\u{1f}"));
        }
        Ok(keys)
    }

    fn month(&self, column: &str, row: usize) -> Result<Month, String> {
        match self.world.cell(self.population, column, row)? {
            Value::Month(month) => Ok(*month),
            other => Err(format!("`{column}` is no month in row {row} but {other:?}")),
        }
    }
}

/// A formula's value as a text that tells values apart, references too.
fn distinct_key(scope: Scope<'_>, formula: &Formula) -> Result<String, String> {
    Ok(match scope.value(formula)? {
        Value::Row { population, row } => format!("{population}:{row}"),
        Value::Number(number) => number.normalize().to_string(),
        other => other.text(),
    })
}

type Made = Result<Vec<Value>, String>;

fn weighted(random: &mut Random, weights: &[u64]) -> usize {
    let mut drawn = random.below(weights.iter().sum());
    for (index, weight) in weights.iter().enumerate() {
        if drawn < *weight {
            return index;
        }
        drawn -= weight;
    }
    0
}

fn moved(day: Date, span: Span) -> Result<Date, String> {
    day.checked_add(span).map_err(|_| format!("{day} cannot be moved that far"))
}

/// The nearest day inside `from..=to` that is no weekend; `day` itself when there is none.
fn workday(day: Date, from: Date, to: Date) -> Result<Date, String> {
    let weekend = |d: Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    for distance in 0..=2_i64 {
        for candidate in [moved(day, distance.days())?, moved(day, (-distance).days())?] {
            if !weekend(candidate) && (from..=to).contains(&candidate) {
                return Ok(candidate);
            }
        }
    }
    Ok(day)
}
