//! Near matches of names: an index of rare character pairs finds candidates, a length-normalised edit ratio orders them.
//!
//! Nothing here decides that two names are one: a near match only ever becomes a question to a person. Deliberately
//! absent: codes, and names that are equal after normalisation – those are `import::identity`'s.

use model::text::name_key;
use rapidfuzz::distance::indel;
use rustc_hash::FxHashMap;

/// Character pairs in more than this share of all names (in hundredths) say nothing about which name it is.
const COMMON_PERCENT: usize = 4;
/// Candidates that are compared character by character.
const COMPARED: usize = 48;

/// An index over names; a name is known by its number.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<Name>,
    /// Pair of neighbouring characters to the names that hold it.
    pairs: FxHashMap<(char, char), Vec<u32>>,
}

#[derive(Debug)]
struct Name {
    chars: Vec<char>,
    form: usize,
}

/// A name that is like the one asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Near {
    /// Its number in the order of [`NameIndex::push`].
    pub name: usize,
    /// How alike they are in thousandths; 1,000 is equal after normalisation.
    pub permille: u16,
    /// Whether they differ in their legal form (有限公司, 股份有限公司 …).
    pub other_form: bool,
}

impl NameIndex {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a name and gives its number.
    pub fn push(&mut self, name: &str) -> usize {
        let number = self.names.len();
        let chars = core(name);
        for pair in pairs(&chars) {
            let list = self.pairs.entry(pair).or_default();
            let id = u32::try_from(number).unwrap_or(u32::MAX);
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
        self.names.push(Name { form: legal_form(&chars), chars });
        number
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names most like `name`, best first, none below `least` thousandths.
    pub fn near(&self, name: &str, most: usize, least: u16) -> Vec<Near> {
        let chars = core(name);
        let form = legal_form(&chars);
        let compare = indel::BatchComparator::new(chars.iter().copied());
        let mut found: Vec<Near> = self
            .candidates(&chars)
            .into_iter()
            .map(|number| {
                let other = &self.names[number as usize];
                let ratio = compare.normalized_similarity(other.chars.iter().copied());
                let other_form = other.form != form;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a similarity is between 0 and 1"
                )]
                let permille = (ratio * 1000.0).clamp(0.0, 1000.0).round() as u16;
                Near { name: number as usize, permille, other_form }
            })
            .filter(|n| n.permille >= least)
            .collect();
        // Of two that are equally like it, the one of the same legal form is the likelier.
        found.sort_by_key(|n| (std::cmp::Reverse(n.permille), n.other_form, n.name));
        found.truncate(most);
        found
    }

    /// The names that share the rarest pairs with `chars`.
    fn candidates(&self, chars: &[char]) -> Vec<u32> {
        let common = (self.names.len() * COMMON_PERCENT / 100).max(64);
        let mut lists: Vec<&Vec<u32>> = pairs(chars).filter_map(|p| self.pairs.get(&p)).collect();
        lists.sort_by_key(|l| l.len());
        let rare = lists.iter().take_while(|l| l.len() <= common).count().max(2).min(lists.len());
        let mut weights: FxHashMap<u32, f32> = FxHashMap::default();
        for list in &lists[..rare] {
            #[expect(clippy::cast_precision_loss, reason = "a weight for ordering")]
            let weight = (self.names.len() as f32 / list.len() as f32).ln() + 0.1;
            for name in *list {
                *weights.entry(*name).or_default() += weight;
            }
        }
        let mut ranked: Vec<(u32, f32)> = weights.into_iter().collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if ranked.len() > COMPARED {
            ranked.select_nth_unstable_by(COMPARED, order);
            ranked.truncate(COMPARED);
        }
        ranked.into_iter().map(|(name, _)| name).collect()
    }
}

/// The characters two spellings of one name share: normalised, without brackets.
fn core(name: &str) -> Vec<char> {
    name_key(name).chars().filter(|c| !matches!(c, '(' | ')')).collect()
}

fn pairs(chars: &[char]) -> impl Iterator<Item = (char, char)> + '_ {
    chars.windows(2).map(|w| (w[0], w[1]))
}

/// Which legal form a name ends in: the number of a line of [`FORMS`], or their count for none.
fn legal_form(chars: &[char]) -> usize {
    FORMS.iter().position(|form| ends_with(chars, form)).unwrap_or(FORMS.len())
}

/// Endings that say what kind of entity it is, longer ones before those they end in.
const FORMS: &[&str] = &[
    "分公司",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "股份公司",
    "集团公司",
    "合伙企业有限合伙",
    "合伙企业",
    "合作社",
    "经营部",
    "公司",
    "厂",
];

fn ends_with(chars: &[char], end: &str) -> bool {
    let mut own = chars.iter().rev();
    end.chars().rev().all(|c| own.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small deterministic source of choices.
    struct Choices(u64);

    impl Choices {
        fn below(&mut self, n: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 >> 11).unwrap_or(0) % n
        }
    }

    fn clean(choices: &mut Choices) -> String {
        let syllables: Vec<char> =
            "东南西北海江天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏".chars().collect();
        let middle: String =
            (0..2 + choices.below(3)).map(|_| syllables[choices.below(syllables.len())]).collect();
        let trade = ["新材料", "机械", "电子", "服饰", "科技", "汽配"][choices.below(6)];
        let form = ["有限公司", "股份有限公司", "科技有限公司"][choices.below(3)];
        format!("甲州市乙县{middle}{trade}{form}")
    }

    /// The city shortened, brackets added, a character lost.
    fn dirty(name: &str, choices: &mut Choices) -> String {
        let mut name =
            if choices.below(2) == 0 { name.replace("甲州市", "甲州") } else { name.to_owned() };
        if choices.below(5) == 0 {
            name = name.replace("有限公司", "(有限公司)");
        }
        if choices.below(10) < 3 {
            let lost = choices.below(name.chars().count());
            name = name.chars().enumerate().filter(|(i, _)| *i != lost).map(|(_, c)| c).collect();
        }
        name
    }

    #[test]
    fn dirty_names_find_their_own() {
        let mut choices = Choices(88_172_645_463_325_252);
        let names: Vec<String> = (0..5_000).map(|_| clean(&mut choices)).collect();
        let mut index = NameIndex::new();
        names.iter().for_each(|n| {
            index.push(n);
        });
        let found = (0..1_000)
            .filter(|_| {
                let name = &names[choices.below(names.len())];
                let near = index.near(&dirty(name, &mut choices), 1, 0);
                near.first().is_some_and(|n| names[n.name] == *name)
            })
            .count();
        assert!(found >= 970, "{found} of 1,000");
    }

    fn check(name: &str, names: &[&str], expect: &[(usize, u16, bool)]) {
        let mut index = NameIndex::new();
        names.iter().for_each(|n| {
            index.push(n);
        });
        let near: Vec<(usize, u16, bool)> =
            index.near(name, 3, 700).into_iter().map(|n| (n.name, n.permille, n.other_form)).collect();
        assert_eq!(near, expect, "{name}");
    }

    #[test]
    fn the_same_legal_form_comes_first() {
        // 6 common of 6 + 7 and of 6 + 7 characters: 12 / 13 = 0.923.
        check("甲乙有限公司", &["甲乙有限公司厂", "甲乙丙有限公司"], &[(1, 923, false), (0, 923, true)]);
    }

    #[test]
    fn brackets_and_spaces_make_no_difference() {
        check("甲 乙（集团）公司", &["甲乙集团公司"], &[(0, 1000, false)]);
        check("完全不同", &["甲乙集团公司"], &[]);
    }
}
