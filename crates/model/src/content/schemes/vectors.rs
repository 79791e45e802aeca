//! Vectors: the worked examples that stand beside a scheme's rules.

use toml::Spanned;

use super::raw::{RawVector, RawVectorSubject};
use super::{At, Loading};
use crate::definition::{Group, Scheme, Vector, VectorSubject};

impl Loading {
    pub(super) fn vectors(
        &mut self,
        at: At<'_>,
        scheme: &Scheme,
        raws: Vec<Spanned<RawVector>>,
    ) -> Vec<Vector> {
        let mut vectors = Vec::new();
        for raw in raws {
            let place = raw.span();
            let raw = raw.into_inner();
            let Some(group) = self.group_name(at, scheme, &raw.group) else { continue };
            let group = scheme.group(group.as_str()).expect("it was found by name just now");
            let mut subjects = Vec::new();
            for subject in raw.subject {
                subjects.push(self.vector_subject(at, scheme, group, subject));
            }
            let mut grades = indexmap::IndexMap::new();
            for (name, count) in &raw.grades {
                if let Some(grade) = self.grade_name(at, scheme, name) {
                    grades.insert(grade, *count);
                }
            }
            vectors.push(Vector {
                title: raw.title,
                group: group.id.clone(),
                set: raw.set,
                subjects,
                grades,
                at: place,
            });
        }
        vectors
    }

    fn vector_subject(
        &mut self,
        at: At<'_>,
        scheme: &Scheme,
        group: &Group,
        raw: Spanned<RawVectorSubject>,
    ) -> VectorSubject {
        let place = raw.span();
        let raw = raw.into_inner();
        VectorSubject {
            count: raw.count,
            values: self.by_indicator(at, group, &raw.values),
            step: self.by_indicator(at, group, &raw.step),
            marks: raw.marks.iter().filter_map(|m| self.mark_name(at, m)).collect(),
            points: self.by_indicator(at, group, &raw.points),
            score: raw.score.as_ref().and_then(|n| self.decimal(at, n)),
            first: raw.first.as_ref().and_then(|g| self.grade_name(at, scheme, g)),
            grade: raw.grade.as_ref().and_then(|g| self.grade_name(at, scheme, g)),
            name: raw.name,
            industry: raw.industry,
            at: place,
        }
    }
}
