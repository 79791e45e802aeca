//! Amounts worked out by hand, and what is not known.

use indexmap::IndexMap;
use jiff::civil::date;
use model::content::{Content, SourceFile};
use model::definition::{Given, Input, Number, Policy, Repayment, Setting};
use rust_decimal::Decimal;

use super::{Held, Lack, Out, assess, borne};

fn policy(formula: &str) -> Policy {
    let head = "title='a'\ntitle_en='a'\ndocument='a'\nauthority='a'\nsource='a'\nmode='applied'\n";
    let text = format!("{head}{formula}");
    let (content, _) = Content::load(&[SourceFile { path: "policies/a.toml".to_owned(), text }]);
    content.policies.into_values().next().expect("one policy, its lack of checks aside")
}

fn loan(numbers: &[(Input, &str)]) -> Given {
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    let numbers = numbers.iter().map(|(input, text)| (*input, number(text))).collect();
    let days = IndexMap::from([(Input::Made, date(2023, 1, 1)), (Input::Due, date(2024, 1, 1))]);
    Given { numbers, days, ..Given::default() }
}

#[test]
fn halves_of_cents_go_up_or_are_dropped_loan_by_loan() {
    // 1,000 元 × 3.65 % × 181 / 365 = 18.10 元; half of it 9.05; a tenth 1.81; 5 % of it 0.905 元.
    let given = loan(&[(Input::Principal, "1000"), (Input::Rate, "3.65")]);
    let to = Some(date(2023, 6, 30));
    let up = policy("formula={kind='interest', of='loan', share=5}");
    let down = policy("formula={kind='interest', of='loan', share=5, rounding='down'}");
    assert_eq!(assess(&up, std::slice::from_ref(&given), None, to).amount, Some(Decimal::new(91, 2)));
    assert_eq!(assess(&down, std::slice::from_ref(&given), None, to).amount, Some(Decimal::new(90, 2)));
    let two = assess(&up, &[given.clone(), given], None, to);
    assert_eq!((two.amount, two.lines[0].days), (Some(Decimal::new(182, 2)), Some(181)));
}

#[test]
fn days_of_a_window_are_both_counted_and_the_year_may_have_360() {
    let given = loan(&[(Input::Principal, "36000"), (Input::Rate, "1")]);
    let rule = policy("formula={kind='interest', of='loan', share=100, basis='360'}");
    let found = assess(&rule, &[given], Some(date(2023, 3, 1)), Some(date(2023, 3, 31)));
    // 36,000 元 × 1 % × 31 / 360 = 31.00 元.
    assert_eq!((found.amount, found.lines[0].days), (Some(Decimal::from(31)), Some(31)));
}

#[test]
fn nobody_has_more_than_the_interest_less_other_subsidies() {
    let rule = policy("formula={kind='interest', of='points', share='1.5', within_interest=true}");
    let mut given = loan(&[(Input::Principal, "1000000"), (Input::Rate, "3")]);
    let unknown = assess(&rule, std::slice::from_ref(&given), None, None);
    assert_eq!(unknown.amount, None);
    assert_eq!(unknown.lacks, [Lack::Input(Input::Interest), Lack::Input(Input::Other)]);
    given.numbers.insert(Input::Interest, Decimal::from(30_000));
    given.numbers.insert(Input::Other, Decimal::from(20_000));
    let found = assess(&rule, &[given], None, None);
    assert_eq!(found.amount, Some(Decimal::from(10_000)));
    assert_eq!(found.lines[0].full, Some(Decimal::from(15_000)));
    assert_eq!(found.lines[0].held, [Held::Interest]);
}

#[test]
fn a_loan_outside_the_document_has_nothing_and_says_why() {
    let rule = policy("formula={kind='interest', of='loan', share=50, term_at_most=6}");
    let found = assess(&rule, &[loan(&[(Input::Principal, "1"), (Input::Rate, "1")])], None, None);
    assert_eq!((found.amount, found.lines[0].out), (Some(Decimal::ZERO), Some(Out::TermTooLong)));
}

#[test]
fn a_number_of_the_document_that_is_not_known_leaves_the_amount_unknown() {
    let rule = policy("formula={kind='interest', of='loan', share='to be supplied'}");
    let found = assess(&rule, &[loan(&[(Input::Principal, "1"), (Input::Rate, "1")])], None, None);
    assert_eq!((found.amount, found.lacks), (None, vec![Lack::Parameter("formula.share")]));
}

#[test]
fn a_loan_repaid_in_parts_is_one_line_rounded_once() {
    // 2023 whole: 8,000,000 元 to 31 May (151 days from 1 January to 1 June), 5,000,000 元 for the other 214 days of the 365; 35 % of
    // 3.45 % = 1.2075 %: (8,000,000 × 151 + 5,000,000 × 214) × 0.012075 ÷ 365 = 2,278,000,000 × 0.012075 ÷ 365 = 75,361.2328… 元.
    let mut given = loan(&[(Input::Principal, "8000000"), (Input::Rate, "3.45")]);
    given.repayments = vec![Repayment { on: date(2023, 6, 1), amount: Decimal::from(3_000_000) }];
    let rule = policy("formula={kind='interest', of='loan', share=35}");
    let found = assess(&rule, std::slice::from_ref(&given), None, None);
    assert_eq!(found.amount, Some(Decimal::new(7_536_123, 2)));
    let owed: Vec<_> = found.lines[0].parts.iter().map(|part| (part.base, part.days)).collect();
    assert_eq!(owed, [(Decimal::from(8_000_000), 151), (Decimal::from(5_000_000), 214)]);
    // From 1 July on nothing but the rest is owed: 5,000,000 × 184 × 0.012075 ÷ 365 = 30,435.6164 元.
    let second = assess(&rule, std::slice::from_ref(&given), Some(date(2023, 7, 1)), None);
    assert_eq!(second.amount, Some(Decimal::new(3_043_562, 2)));
    // Repaid after the days asked about: as if nothing had been repaid, 8,000,000 × 31 × 0.012075 ÷ 365 = 8,204.38 元.
    let january = assess(&rule, &[given], None, Some(date(2023, 1, 31)));
    assert_eq!((january.amount, january.lines[0].parts.len()), (Some(Decimal::new(820_438, 2)), 0));
}

#[test]
fn a_price_in_the_books_goes_before_the_documents_table() {
    let rule = policy("formula={kind='price', unit='千瓦时', surcharges={ D='to be supplied' }}");
    let mut given = loan(&[(Input::Value, "1200000")]);
    given.word = Some("D".to_owned());
    assert_eq!(assess(&rule, std::slice::from_ref(&given), None, None).amount, None);
    given.numbers.insert(Input::Price, Decimal::new(3, 1));
    // 1,200,000 千瓦时 × 0.3 元 = 360,000 元.
    assert_eq!(assess(&rule, &[given], None, None).amount, Some(Decimal::from(360_000)));
}

#[test]
fn parties_bear_the_whole_loss_to_the_cent() {
    let party = |name: &str, share: i64| (name.to_owned(), Number(Setting::Is(Decimal::from(share))));
    let parties: IndexMap<String, Number> = [party("市", 40), party("区", 40), party("银行", 20)].into();
    // 40 % of 0.03 元 is 0.012 and rounds to 0.01, twice; the bank bears the last cent.
    let cent = Decimal::new(1, 2);
    assert_eq!(borne(&parties, Decimal::new(3, 2)), Some(vec![("市", cent), ("区", cent), ("银行", cent)]));
    let unknown = [("市".to_owned(), Number(Setting::ToBeSupplied))].into();
    assert_eq!(borne(&unknown, cent), None);
}
