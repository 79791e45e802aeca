use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn d(n: i64) -> Decimal {
    Decimal::from(n)
}

fn rules(divide: bool) -> Rules {
    Rules { divide, placed: d(1), wished: Decimal::new(1, 1), waste: Decimal::new(1, 3) }
}

fn need(floor: i64, worth: i64) -> Need {
    Need { floor: d(floor), worth: Some(d(worth)), ..Need::default() }
}

fn room(parcel: u32, floor: i64) -> Room {
    Room { parcel, floor: d(floor), ..Room::default() }
}

/// Pairs (need, room) of the best way.
fn check(needs: &[Need], rooms: &[Room], rules: &Rules, expected: &[(usize, usize)]) -> Matching {
    let matching = give_out(needs, rooms, rules).expect("small numbers");
    let pairs: Vec<(usize, usize)> = matching.pairs.iter().map(|pair| (pair.need, pair.room)).collect();
    assert_eq!(pairs, expected);
    matching
}

#[test]
fn the_most_valuable_use_wins_not_the_first_come() {
    // One room of 1,000 ㎡; the second need brings more.
    let matching = check(&[need(900, 50), need(1000, 80)], &[room(1, 1000)], &rules(false), &[(1, 0)]);
    assert_eq!(matching.value, d(81));
    assert_eq!(matching.left[0].taken, [0]);
    assert!(matching.empty.is_empty());
}

#[test]
fn a_greedy_choice_is_not_taken() {
    // Greedy: the 80 takes the large room, the 70 has none. Together: the 80 takes the small one, the 70 the large one.
    let rooms = [room(1, 2000), room(2, 1000)];
    let matching = check(&[need(1000, 80), need(2000, 70)], &rooms, &rules(false), &[(0, 1), (1, 0)]);
    assert_eq!(matching.value, d(152));
}

#[test]
fn a_divided_room_takes_as_many_as_its_floor_holds() {
    // 1,000 ㎡: 600 for 50 leaves 400; 500 + 500 for 45 + 45 is more.
    let needs = [need(600, 50), need(500, 45), need(500, 45)];
    let matching = check(&needs, &[room(1, 1000)], &rules(true), &[(1, 0), (2, 0)]);
    assert_eq!(matching.value, d(92));
    assert_eq!(matching.pairs[0].floor, d(500));
}

#[test]
fn a_wish_decides_between_rooms_that_are_alike() {
    let wishing = Need { wished: vec![2], ..need(500, 30) };
    // 1 + 30 + 3 for the wish.
    let matching = check(&[wishing], &[room(1, 500), room(2, 500)], &rules(false), &[(0, 1)]);
    assert_eq!((matching.value, matching.pairs[0].wished, matching.pairs[0].choices), (d(34), true, 2));
}

#[test]
fn every_limit_that_fails_is_named_with_what_there_is() {
    let asking = Need {
        floor: d(800),
        floor_max: Some(d(900)),
        load: Some(d(5)),
        height: Some(d(8)),
        power: Some(d(400)),
        hazard: Some(2),
        ground_floor: true,
        from: Some(date(2024, 1, 1)),
        rent_max: Some(d(200)),
        ..Need::default()
    };
    let poor = Room {
        floor: d(1000),
        load: Some(d(4)),
        height: None,
        power: Some(d(315)),
        hazard: Some(3),
        ground_floor: Some(false),
        free_from: Some(date(2024, 7, 1)),
        rent: Some(d(260)),
        ..Room::default()
    };
    let lacks = limits(&asking, &poor, &rules(false));
    let said: Vec<(Limit, Option<Bound>)> = lacks.iter().map(|lack| (lack.limit, lack.has)).collect();
    let expected = [
        (Limit::FloorLarge, Some(Bound::Number(d(1000)))),
        (Limit::Load, Some(Bound::Number(d(4)))),
        // Nobody has measured the height: not met until somebody does.
        (Limit::Height, None),
        (Limit::Power, Some(Bound::Number(d(315)))),
        // 乙 does not go into a building for 丙.
        (Limit::Hazard, Some(Bound::Class(3))),
        (Limit::GroundFloor, Some(Bound::Flag(false))),
        (Limit::Date, Some(Bound::Day(date(2024, 7, 1)))),
        (Limit::Rent, Some(Bound::Number(d(260)))),
    ];
    assert_eq!(said, expected);
    // A divided room is not too large; 丁 goes into a building for 丙.
    let easy = Need { hazard: Some(4), floor: d(800), floor_max: Some(d(900)), ..Need::default() };
    assert!(limits(&easy, &poor, &rules(true)).is_empty());
}

#[test]
fn who_is_left_over_learns_why() {
    let high = Need { height: Some(d(9)), ..need(500, 30) };
    let low = Room { height: Some(d(6)), ..room(1, 500) };
    let small = Room { height: Some(d(6)), ..room(2, 400) };
    let matching = check(&[high], &[low, small], &rules(false), &[]);
    let left = &matching.left[0];
    assert!(left.taken.is_empty());
    assert_eq!(left.kept_out, [(Limit::Height, 2), (Limit::FloorSmall, 1)]);
    // The first room lacks the height only.
    let (nearest, lacks) = left.nearest.clone().expect("there are rooms");
    assert_eq!((nearest, lacks.len(), lacks[0].limit), (0, 1, Limit::Height));
    assert_eq!(matching.empty, [0, 1]);
}

/// The best value by trying every way.
fn by_hand(needs: &[Need], rooms: &[Room], rules: &Rules) -> Decimal {
    fn go(n: usize, needs: &[Need], rooms: &[Room], rules: &Rules, free: &mut Vec<Decimal>) -> Decimal {
        if n == needs.len() {
            return Decimal::ZERO;
        }
        let mut best = go(n + 1, needs, rooms, rules, free);
        for r in 0..rooms.len() {
            let takes = if rules.divide { taken(&needs[n], &rooms[r], rules) } else { rooms[r].floor };
            if limits(&needs[n], &rooms[r], rules).is_empty() && takes <= free[r] {
                free[r] -= takes;
                let found = value(&needs[n], &rooms[r], rules) + go(n + 1, needs, rooms, rules, free);
                free[r] += takes;
                best = best.max(found);
            }
        }
        best
    }
    let mut free: Vec<Decimal> = rooms.iter().map(|room| room.floor).collect();
    go(0, needs, rooms, rules, &mut free)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_counts_more_than_the_answer(
        asked in prop::collection::vec((100_i64..900, 1_i64..90, 0_u32..4), 1..6),
        offered in prop::collection::vec(200_i64..1500, 1..4),
        divide in any::<bool>(),
    ) {
        let needs: Vec<Need> = asked
            .iter()
            .map(|(floor, worth, wish)| Need { wished: vec![*wish], ..need(*floor, *worth) })
            .collect();
        let rooms: Vec<Room> = (0..).zip(&offered).map(|(parcel, floor)| room(parcel, *floor)).collect();
        let rules = rules(divide);
        let matching = give_out(&needs, &rooms, &rules).expect("small numbers");
        prop_assert_eq!(matching.value, by_hand(&needs, &rooms, &rules));
        for (r, room) in rooms.iter().enumerate() {
            let used: Decimal = matching.pairs.iter().filter(|p| p.room == r).map(|p| p.floor).sum();
            prop_assert!(used <= room.floor);
        }
        prop_assert_eq!(matching.pairs.len() + matching.left.len(), needs.len());
    }
}
