//! What `content check` says of `visits.toml` and `calendar.toml`.

use crate::content::{Content, SourceFile};

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\n[fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.since]\ntitle='成立'\nkind='date'";
const VISITS: &str = "title='走访'\nkind='event'\nkey=['firm','on']\nsubject='firm'\ntime='on'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='日期'\nkind='date'";
const SECRET: &str = "title='报表'\nkind='series'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    statistics_confidential=true\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.month]\ntitle='月'\nkind='period'\n[fields.out]\ntitle='产值'\nkind='decimal'";
const HEAD: &str = "[enterprise]\npresent='true'\n[visit]\nbook='visits'\n";

fn said(calendar: &str, rules: &str) -> Vec<String> {
    let files = [
        ("books/firms.toml", FIRMS),
        ("books/visits.toml", VISITS),
        ("books/secret.toml", SECRET),
        ("calendar.toml", calendar),
        ("visits.toml", rules),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text: text.to_owned() });
    let (_, diagnostics) = Content::load(&files);
    diagnostics.into_iter().map(|d| format!("{}: {}", d.path, d.message)).collect()
}

#[track_caller]
fn check(rule: &str, expected: &str) {
    let found = said("", &format!("{HEAD}{rule}"));
    assert_eq!(found, [format!("visits.toml: {expected}")], "{rule}");
}

#[test]
fn a_plain_set_of_rules_has_nothing_to_say() {
    let rule = "[[frequency]]\nid='a'\ntitle='A'\ndocument='x'\nevery='quarter'";
    assert!(said("", &format!("{HEAD}{rule}")).is_empty());
}

#[test]
fn a_frequency_has_one_rhythm_and_a_day_to_count_from() {
    let frequency = |rest: &str| format!("[[frequency]]\nid='a'\ntitle='A'\ndocument='x'\n{rest}");
    check(&frequency(""), "走访频次只能有一种写法");
    check(&frequency("every='year'\nwithin_months=1"), "走访频次只能有一种写法");
    check(&frequency("within_months=1"), "不知道企业从哪一天算起");
    check(&frequency("every='year'\nfrom='2023-02-01'\nto='2023-01-01'"), "停止日期早于开始日期");
    let twice = format!("{}\n{}", frequency("every='year'"), frequency("every='month'"));
    check(&twice, "“a”已经定义过");
}

#[test]
fn a_light_has_one_test_over_what_may_be_told() {
    let light = |rest: &str| format!("[[light]]\nid='a'\ntitle='A'\ndocument='x'\n{rest}");
    check(&light("colour='red'"), "一条亮灯规则只能有一种判法");
    check(&light("colour='red'\noverdue=true\nmissed=2"), "一条亮灯规则只能有一种判法");
    check(&light("colour='green'\noverdue=true"), "绿灯不用写规则");
    check(
        &light("colour='red'\nbook='secret'\nfield='out'\nmonths=3\nfall=30"),
        "台账“报表”是统计保密报表，不能用来给单个企业亮灯",
    );
}

#[test]
fn demands_need_a_case_book() {
    check("[demand]\nbook='visits'\nnumber='{number}'", "台账“走访”没有办理状态和期限");
}

#[test]
fn a_calendar_moves_weekends_only() {
    let calendar = "[[notice]]\nyear=2023\ndocument='x'\nrest=['2023-10-06/2023-10-01']\nwork=['2023-10-09']";
    assert_eq!(
        said(calendar, HEAD),
        [
            "calendar.toml: “2023-10-06/2023-10-01”不是日期或日期段",
            "calendar.toml: “2023-10-09”不是调休上班日",
        ]
    );
}
