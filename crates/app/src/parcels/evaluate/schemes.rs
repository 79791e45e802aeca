//! The schemes of the content.

use std::collections::BTreeMap;

use assess::run::needs;
use model::definition::{Benchmark, Denominator, Judged, Scheme, Setting, Until};
use rust_decimal::Decimal;

use super::super::fault::{ParcelsFault, Result};
use super::super::ground::Ground;
use super::super::shapes::{SchemeGrade, SchemeIndicator, SchemeList, SchemeSummary, SchemeView};
use crate::access::Actor;
use crate::messages::parcels as say;
use crate::park::Park;

/// All schemes.
///
/// # Errors
/// [`ParcelsFault`] when parcels are not for this person.
pub fn schemes(park: &Park, actor: &Actor) -> Result<SchemeList> {
    Ground::new(park, actor)?;
    let items = park.library().content.schemes.values().map(|scheme| summary(park, scheme)).collect();
    Ok(SchemeList { items })
}

/// One scheme with its text.
///
/// # Errors
/// [`ParcelsFault`] when there is none of that id.
pub fn scheme(park: &Park, actor: &Actor, id: &str) -> Result<SchemeView> {
    Ground::new(park, actor)?;
    let scheme = named(park, Some(id), Judged::Parcel)?;
    let grades = scheme.grades.lines.iter().map(|line| (&line.grade, &line.title, true));
    let classes = scheme.classes.iter().map(|class| (&class.grade, &class.title, false));
    let grade = |(id, words, ranked): (&model::id::GradeId, &String, bool)| SchemeGrade {
        id: id.to_string(),
        words: words.clone(),
        ranked,
    };
    Ok(SchemeView {
        summary: summary(park, scheme),
        indicators: indicators(scheme),
        grades: grades.chain(classes).map(grade).collect(),
        parameters: parameters(scheme),
        text: text(park, scheme).unwrap_or_default(),
    })
}

/// The scheme of an id, or the usual one of what is judged.
pub(super) fn named<'a>(park: &'a Park, id: Option<&str>, judges: Judged) -> Result<&'a Scheme> {
    let content = &park.library().content;
    if let Some(id) = id {
        let there = || content.schemes.values().map(|of| (of.id.to_string(), of.title.clone())).collect();
        let unknown = || ParcelsFault::UnknownScheme { asked: id.to_owned(), there: there() };
        return content.schemes.get(id).ok_or_else(unknown);
    }
    let page = content.pages.parcels.as_ref().and_then(|page| page.scheme.as_deref());
    if let Some(scheme) = page.and_then(|id| content.schemes.get(id)).filter(|s| s.judges == judges) {
        return Ok(scheme);
    }
    let mut of_kind = content.schemes.values().filter(|scheme| scheme.judges == judges);
    let usual = of_kind.clone().find(|scheme| scheme.usual).or_else(|| of_kind.next());
    usual.ok_or_else(|| ParcelsFault::Missing("schemes".to_owned()))
}

/// The word of what a scheme judges.
pub(super) fn judged_word(judges: Judged) -> &'static str {
    match judges {
        Judged::Parcel => "parcel",
        Judged::Enterprise => "enterprise",
    }
}

/// The text of a scheme's file.
fn text(park: &Park, scheme: &Scheme) -> Option<String> {
    let bytes = park.library().file(&format!("schemes/{}.toml", scheme.id))?;
    String::from_utf8(bytes.to_vec()).ok()
}

/// The digest of a scheme: of its file, so that a changed comment is a changed document too.
pub(super) fn digest(park: &Park, scheme: &Scheme) -> String {
    store::digest_hex(text(park, scheme).unwrap_or_default().as_bytes())
}

fn summary(park: &Park, scheme: &Scheme) -> SchemeSummary {
    SchemeSummary {
        id: scheme.id.to_string(),
        title: scheme.title.clone(),
        title_en: scheme.title_en.clone(),
        subject: judged_word(scheme.judges).to_owned(),
        document: say::document(&scheme.document).to_owned(),
        source: scheme.source.clone(),
        open: needs(scheme).len(),
        from_year: Some(scheme.from_year),
        to_year: scheme.to_year,
        digest: digest(park, scheme),
        usual: named(park, None, scheme.judges).is_ok_and(|usual| usual.id == scheme.id),
    }
}

/// The indicators of all groups.
pub(super) fn indicators(scheme: &Scheme) -> Vec<SchemeIndicator> {
    let all = scheme.groups.iter().flat_map(|group| group.indicators.iter().map(move |one| (group, one)));
    let view = all.map(|(group, one)| SchemeIndicator {
        group: group.id.to_string(),
        group_title: group.title.clone(),
        group_title_en: group.title_en.clone(),
        id: one.id.to_string(),
        title: one.title.clone(),
        title_en: one.title_en.clone(),
        unit: one.unit.as_ref().map_or_else(String::new, ToString::to_string),
        weight: one.weight.known(),
        numerator: one.numerator.to_string(),
        denominator: match &one.denominator {
            Denominator::Land => Some("land".to_owned()),
            Denominator::Measure(measure) => Some(measure.to_string()),
            Denominator::One => None,
        },
        benchmark: say::benchmark(&one.benchmark),
    });
    view.collect()
}

fn written(setting: Option<&Setting>) -> String {
    let known = |setting: &Setting| setting.known().map(|n: Decimal| n.normalize().to_string());
    setting.map_or_else(
        || "none".to_owned(),
        |setting| known(setting).unwrap_or_else(|| Setting::TO_BE_SUPPLIED.to_owned()),
    )
}

/// Every number that a what-if may change, by its path.
fn parameters(scheme: &Scheme) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for group in &scheme.groups {
        for one in &group.indicators {
            let path = |key: &str| format!("{}.{}.{key}", group.id, one.id);
            all.insert(path("weight"), written(Some(&one.weight)));
            all.insert(path("cap"), written(one.cap.as_ref()));
            all.insert(path("floor"), written(one.floor.as_ref()));
            let benchmark = match &one.benchmark {
                Benchmark::Fixed(setting) => written(Some(setting)),
                Benchmark::GroupMean { .. } => "group_mean".to_owned(),
                Benchmark::PreviousMean { .. } => "previous_mean".to_owned(),
                Benchmark::None => "none".to_owned(),
            };
            all.insert(path("benchmark"), benchmark);
        }
        let lines = group.grades.iter().flat_map(|grades| &grades.lines);
        for line in lines {
            if let Until::Share(setting) | Until::Score(setting) = &line.until {
                all.insert(format!("{}.grades.{}", group.id, line.grade), written(Some(setting)));
            }
        }
    }
    for line in &scheme.grades.lines {
        if let Until::Share(setting) | Until::Score(setting) = &line.until {
            all.insert(format!("grades.{}", line.grade), written(Some(setting)));
        }
    }
    for (kind, extras) in [("bonus", &scheme.bonuses), ("malus", &scheme.maluses)] {
        for extra in extras.iter().filter(|extra| extra.points.is_some()) {
            all.insert(format!("{kind}.{}", extra.id), written(extra.points.as_ref()));
        }
    }
    for correction in &scheme.corrections {
        all.insert(format!("correction.{}", correction.id), written(Some(&correction.factor)));
    }
    all
}
