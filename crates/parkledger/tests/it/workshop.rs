//! The workshop of templates on the demo: forms that are offered work, slots and charts are put in, and a sound draft becomes a
//! report of the park's own.

use std::sync::Arc;

use app::access::Actor;
use app::publishing::{Draft, Insertion, Publishing, PublishingFault};
use app::report::{ReportFault, Settings, SlotWish};
use office::docx::{Put, compose, parse_manuscript};

use super::publishing::{october, open};
use super::support::demo;

fn draft(id: &str) -> Draft {
    Draft {
        id: id.to_owned(),
        title: "周报".to_owned(),
        title_en: String::new(),
        definition: None,
        from: None,
        period: october(),
        settings: Settings::new(),
        replace: false,
    }
}

/// 112.28 亿元 is the demo's output from January to October, 3.4 % below the year before.
#[test]
fn every_form_that_is_offered_can_be_put_in_and_kept() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let actor = Actor::local("tester");
    let card = park.library().content.pages.overview.cards.first().expect("a card").to_string();
    let wish = SlotWish { figure: card, by: "enterprise".to_owned(), ..SlotWish::default() };
    let offers = park.slot_offers(&actor, october(), &wish).expect("offers");
    let sample = |form: &str| {
        let found = offers.iter().find(|offer| offer.form == form);
        found.map(|offer| offer.sample.clone()).unwrap_or_default()
    };
    assert_eq!((sample("yi").as_str(), sample("growth").as_str()), ("112.28", "下降3.4%"));
    assert!(!sample("chart_pie").is_empty() && !sample("table").is_empty() && !sample("list").is_empty());
    // A rank is of one line; nothing offers it for the whole.
    assert!(sample("rank").is_empty());
    let mut bytes = compose(&parse_manuscript("# 周报\n\n本周产值\n"));
    let mut definition = String::new();
    for offer in offers.iter().rev() {
        let put = if offer.alone { Put::After } else { Put::End };
        let what = Insertion { paragraph: 2, put, text: offer.text.clone() };
        bytes = park.insert_slot(&actor, bytes, &what).expect("placed");
        definition.push_str(offer.definition.as_deref().unwrap_or_default());
    }
    let whole = Draft { definition: Some(definition), ..draft("weekly") };
    let tried = park.try_draft(&actor, &bytes, &whole).expect("tried");
    assert!(tried.sound && tried.preview.is_some(), "{:?}", tried.findings);
    assert!(tried.slots.iter().any(|slot| slot.kind == "chart") && tried.slots.len() > offers.len());
    let slot = tried.slots.iter().find(|slot| slot.samples == ["112.28"]).expect("the value in 亿");
    assert_eq!((slot.paragraph, slot.unit.as_deref()), (2, Some("亿元")));
    let kept = park.keep_report(&actor, &bytes, &whole).expect("kept");
    assert_eq!(kept.files, ["reports/weekly/report.toml", "reports/weekly/body.docx"]);
    assert!(park.dir().join("content/reports/weekly/body.docx").is_file());
    // In force once the content is loaded again.
    let library = app::library::Library::load_for(&park.dir(), None).expect("loaded");
    assert!(library.diagnostics.is_empty(), "{:?}", library.diagnostics);
    park.set_library(Arc::new(library)).expect("new content");
    let preview = Publishing::new().preview(&park, &actor, &"weekly".into(), october()).expect("a preview");
    assert!(preview.slots.len() > offers.len());
    assert!(matches!(park.keep_report(&actor, &bytes, &whole), Err(PublishingFault::Taken(_))));
    park.keep_report(&actor, &bytes, &Draft { replace: true, ..whole }).expect("replaced");
}

#[test]
fn a_faulty_draft_is_told_and_not_kept() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let actor = Actor::local("tester");
    let bytes = compose(&parse_manuscript("# 周报\n\n{{ fig(\"no_such_figure\") }}\n"));
    let tried = park.try_draft(&actor, &bytes, &draft("weekly")).expect("tried");
    assert!(!tried.sound && tried.preview.is_none());
    let place = tried.paragraphs[1].place.clone();
    assert!(tried.findings.iter().any(|finding| finding.place.cell == place), "{:?}", tried.findings);
    let refused = park.keep_report(&actor, &bytes, &draft("weekly"));
    assert!(matches!(refused, Err(PublishingFault::Report(ReportFault::Template(_)))));
    assert!(matches!(park.keep_report(&actor, &bytes, &draft("Weekly")), Err(PublishingFault::BadId(_))));
    // A definition that is none is told by its line, and bytes that are no Word file by a sentence.
    let broken = Draft { definition: Some("[charts.x]\nkind = 1\n".to_owned()), ..draft("weekly") };
    let tried = park.try_draft(&actor, &bytes, &broken).expect("tried");
    assert!(tried.findings.iter().any(|finding| finding.code == "report-definition"));
    let tried = park.try_draft(&actor, b"no Word file", &draft("weekly")).expect("tried");
    assert!(!tried.sound && tried.paragraphs.is_empty() && !tried.findings.is_empty());
    assert!(!park.dir().join("content/reports").exists());
}
