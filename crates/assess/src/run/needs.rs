//! What a scheme needs to be supplied before it can be run.

use model::definition::{Benchmark, Grades, Group, Indicator, Method, Scheme, Setting, Until};
use rust_decimal::Decimal;

/// The paths of all numbers that a run needs and nobody has supplied; each is a path that a change may name.
pub fn needs(scheme: &Scheme) -> Vec<String> {
    let mut paths = Vec::new();
    let mut need = |setting: Option<&Setting>, path: String| {
        if setting == Some(&Setting::ToBeSupplied) {
            paths.push(path);
        }
    };
    for group in &scheme.groups {
        of_group(group, &mut need);
    }
    of_grades(&scheme.grades, "grades", &mut need);
    for correction in &scheme.corrections {
        need(Some(&correction.factor), format!("correction.{}", correction.id));
    }
    for (word, extras) in [("bonus", &scheme.bonuses), ("malus", &scheme.maluses)] {
        for extra in extras {
            need(extra.points.as_ref(), format!("{word}.{}", extra.id));
            need(extra.max.as_ref(), format!("{word}.{}.max", extra.id));
        }
    }
    need(scheme.bonus_max.as_ref(), "bonus_max".to_owned());
    need(scheme.malus_max.as_ref(), "malus_max".to_owned());
    for class in &scheme.classes {
        need(class.younger_than.as_ref(), format!("class.{}.younger_than", class.grade));
    }
    paths
}

fn of_group(group: &Group, need: &mut impl FnMut(Option<&Setting>, String)) {
    let id = &group.id;
    let population = &group.population;
    need(population.min_land.as_ref(), format!("{id}.population.min_land"));
    need(population.below_land.as_ref(), format!("{id}.population.below_land"));
    need(population.min_floor.as_ref(), format!("{id}.population.min_floor"));
    need(population.min_age.as_ref(), format!("{id}.population.min_age"));
    for indicator in &group.indicators {
        of_indicator(indicator, &format!("{id}.{}", indicator.id), need);
    }
    if let Some(grades) = &group.grades {
        of_grades(grades, &format!("{id}.grades"), need);
    }
}

/// An indicator without weight needs nothing else.
fn of_indicator(indicator: &Indicator, path: &str, need: &mut impl FnMut(Option<&Setting>, String)) {
    need(Some(&indicator.weight), format!("{path}.weight"));
    if weightless(indicator) {
        return;
    }
    match &indicator.benchmark {
        Benchmark::Fixed(number) => need(Some(number), format!("{path}.benchmark")),
        Benchmark::GroupMean { times } | Benchmark::PreviousMean { times } => {
            need(Some(times), format!("{path}.times"));
        }
        Benchmark::None => {}
    }
    if let Method::MinMax { base, min, max } = &indicator.method {
        need(Some(base), format!("{path}.base"));
        need(min.as_ref(), format!("{path}.min"));
        need(max.as_ref(), format!("{path}.max"));
    }
    need(indicator.cap.as_ref(), format!("{path}.cap"));
    need(indicator.floor.as_ref(), format!("{path}.floor"));
}

fn of_grades(grades: &Grades, path: &str, need: &mut impl FnMut(Option<&Setting>, String)) {
    for line in &grades.lines {
        if let Until::Share(number) | Until::Score(number) = &line.until {
            need(Some(number), format!("{path}.{}", line.grade));
        }
    }
}

/// Whether an indicator's weight is nothing: it gives no points and needs no data.
pub(super) fn weightless(indicator: &Indicator) -> bool {
    indicator.method != Method::Value && indicator.weight == Setting::Is(Decimal::ZERO)
}
