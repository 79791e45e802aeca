//! Which coordinate system a file is in: ranked candidates with their reasons, and a question when in doubt.
//!
//! Four kinds of evidence are weighed: what the file states, the size of its numbers, the neighbourhood of the park,
//! and parcels that are known already. Where they agree a frame is chosen; where they contradict each other, or leave
//! several systems open, a person is asked and nothing is chosen. A zone off by one moves a parcel by 290 km and is
//! seen at once; GCJ-02 taken for WGS-84 moves it by 500 m onto the neighbour's land and is not.
//!
//! Deliberately absent: guessing between datums that differ by decimetres; a list of cities' own systems.

mod evidence;
#[cfg(test)]
mod tests;

use geo::Coord;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::project::Projector;
use super::stated::Stated;
use super::system::{Crs, Frame};
use crate::read::{Format, Reading};
use crate::{Extent, Feature};
use evidence::{Sample, Size};

/// What is known about where the park lies, in CGCS2000 longitude and latitude. All of it may be missing.
#[derive(Clone, Debug, Default)]
pub struct Neighbourhood {
    /// The box around the park or around its known parcels.
    pub extent: Option<Extent>,
    /// The middle of known parcels by what identifies them, such as the parcel code, without blanks.
    pub parcels: HashMap<String, Coord<f64>>,
    /// The attribute that says which parcel a feature is; none: whichever names a known parcel.
    pub named_by: Option<String>,
}

/// What was found out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detection {
    /// The frame, if there is no doubt.
    pub chosen: Option<Frame>,
    /// Frames the file could be in, likeliest first.
    pub candidates: Vec<Candidate>,
    /// What to ask a person, if there is doubt.
    pub question: Option<Question>,
}

/// A frame the file could be in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The frame.
    pub frame: Frame,
    /// What speaks for and against it.
    pub why: Vec<Reason>,
    /// Where the file's features would lie, longitude and latitude.
    pub sample: [f64; 2],
    /// How much speaks for it; only the order matters.
    pub score: i32,
}

/// What speaks for or against a candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The file states it.
    Stated,
    /// The format prescribes it where nothing is stated.
    ByFormat,
    /// The numbers have the size of its coordinates.
    Size,
    /// The millions of the eastings are its zone.
    Prefix {
        /// The zone's number.
        zone: u8,
    },
    /// Features carry the numbers of several zones; each would be placed by its own.
    Zones {
        /// The number of each zone and how many features carry it, the zone of most first.
        zones: Vec<(u8, u32)>,
    },
    /// Features would lie in or near the park.
    NearPark,
    /// Features would lie far from the park.
    FarFromPark {
        /// How far, in kilometres.
        km: u32,
    },
    /// Known parcels would lie where they are known to lie.
    KnownParcels {
        /// How many were compared.
        count: u32,
        /// How far apart they are on average, in metres.
        metres: u32,
    },
    /// Known parcels would lie elsewhere.
    ParcelsMoved {
        /// How many were compared.
        count: u32,
        /// How far apart they are on average, in metres.
        metres: u32,
    },
    /// Features would lie outside the strip the zone is meant for.
    OutsideStrip,
    /// The file states a datum of before 2008; this is right only if its coordinates were converted since.
    OldDatum {
        /// The datum.
        datum: String,
    },
    /// North is written before east.
    NorthFirst,
    /// Some features would lie nowhere near China.
    SomeElsewhere {
        /// How many in a hundred.
        percent: u32,
    },
}

/// What a person is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Metres without a zone's number: which central meridian?
    WhichZone,
    /// Degrees of which nobody said whose: the survey's, Amap's or Baidu's?
    WhichShift,
    /// What the file states does not go with its numbers.
    NumbersContradict {
        /// The system as stated.
        stated: String,
    },
    /// What the file states would put it far from the park.
    FarFromPark {
        /// The system as stated or as its numbers say.
        stated: String,
        /// How far, in kilometres.
        km: u32,
    },
    /// Known parcels would move.
    ParcelsMoved {
        /// The system as stated or as its numbers say.
        stated: String,
        /// How far, in metres.
        metres: u32,
    },
    /// The file is on a datum of before 2008, which cannot be converted exactly.
    OldDatum {
        /// The datum.
        datum: String,
    },
    /// The file states a system that is not known.
    UnknownSystem {
        /// Its name.
        name: String,
    },
    /// Features carry the numbers of several zones, and nothing shows that this is meant.
    SeveralZones {
        /// The number of each zone and how many features carry it, the zone of most first.
        zones: Vec<(u8, u32)>,
    },
    /// The numbers are no coordinates of a place in China in any system that is known.
    Nowhere,
}

/// How near to the park, in kilometres, is near.
const NEAR_KM: f64 = 30.0;
/// How far apart, in metres, the middles of the same parcel may lie: surveys differ, systems differ by more.
const SAME_METRES: f64 = 60.0;

/// Finds out which frame a reading is in.
pub fn detect(reading: &Reading, park: &Neighbourhood) -> Detection {
    let sample = Sample::of(&reading.features, park);
    let mut candidates: Vec<Candidate> = frames(reading, &sample)
        .into_iter()
        .filter_map(|frame| judge(frame, reading, &sample, park))
        .collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    let question =
        question(reading, &sample, &candidates).or_else(|| across_zones(reading, &sample, &candidates, park));
    let chosen = match (&question, candidates.first()) {
        (None, Some(first)) => Some(first.frame),
        _ => None,
    };
    Detection { chosen, candidates, question }
}

/// The frame of a system that a person chose: in the order of axes that puts more of the features into China.
pub fn frame_for(crs: Crs, features: &[Feature]) -> Frame {
    let sample = Sample::of(features, &Neighbourhood::default());
    let share = |frame| Projector::new(frame).map_or(0, |way| sample.placed(&way).len());
    let (east, north) = (Frame::east_first(crs), Frame::north_first(crs));
    if share(north) > share(east) { north } else { east }
}

/// All frames that are worth a look.
fn frames(reading: &Reading, sample: &Sample) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut add = |frame: Frame| {
        if !frames.contains(&frame) {
            frames.push(frame);
        }
    };
    let size = sample.size();
    let stated = match &reading.stated {
        Some(Stated::Known { crs }) => Some(*crs),
        Some(Stated::Old { alike, .. }) => *alike,
        Some(Stated::Unknown { .. }) | None => None,
    };
    if let Some(crs) = stated {
        add(Frame::east_first(crs));
        add(Frame::north_first(crs));
    }
    match size {
        Some((Size::Degrees, north_first)) => {
            let plain = match (&stated, reading.format) {
                (Some(Crs::Wgs84), _) | (None, Format::GeoJson) => Crs::Wgs84,
                _ => Crs::Cgcs2000,
            };
            [plain, Crs::Gcj02, Crs::Bd09].into_iter().for_each(|crs| add(Frame { crs, north_first }));
        }
        Some((Size::Zone(zone), north_first)) => add(Frame { crs: Crs::Zone(zone), north_first }),
        Some((Size::Plain, north_first)) => {
            evidence::plain_zones().for_each(|zone| add(Frame { crs: Crs::Zone(zone), north_first }));
        }
        None => {}
    }
    frames
}

/// What speaks for and against one frame, as it is gathered.
#[derive(Default)]
struct Scale {
    why: Vec<Reason>,
    score: i32,
}

impl Scale {
    fn add(&mut self, weight: i32, reason: Reason) {
        self.score += weight;
        self.why.push(reason);
    }

    /// What the file states, or its format.
    fn statement(&mut self, frame: Frame, reading: &Reading) {
        match &reading.stated {
            Some(Stated::Known { crs }) if *crs == frame.crs => self.add(40, Reason::Stated),
            Some(Stated::Old { datum, alike: Some(alike) }) if *alike == frame.crs => {
                self.add(10, Reason::OldDatum { datum: datum.clone() });
            }
            None if frame.crs == Crs::Wgs84 && reading.format == Format::GeoJson => {
                self.add(10, Reason::ByFormat);
            }
            _ => {}
        }
        // Where nothing else speaks, a survey is likelier than a web map.
        self.score -= match frame.crs {
            Crs::Gcj02 => 5,
            Crs::Bd09 => 6,
            _ => 0,
        };
    }

    /// The size of the numbers.
    fn size(&mut self, frame: Frame, sample: &Sample) {
        match (sample.size(), frame.crs) {
            (Some((Size::Zone(most), north_first)), Crs::Zone(zone))
                if north_first == frame.north_first && (zone == most || sample.carries(frame.crs)) =>
            {
                self.add(50, Reason::Prefix { zone: zone.number });
            }
            (Some((size, north_first)), crs) if size.fits(crs) && north_first == frame.north_first => {
                self.add(30, Reason::Size);
            }
            _ => {}
        }
        if let Some(zones) = sample.zones() {
            self.add(0, Reason::Zones { zones: zones.clone() });
        }
        if frame.north_first {
            self.add(0, Reason::NorthFirst);
        }
    }

    /// Where the frame puts the features.
    fn place(&mut self, frame: Frame, middle: Coord<f64>, park: &Neighbourhood) {
        if let Some(km) = park.extent.map(|extent| evidence::kilometres(middle, extent)) {
            if km <= NEAR_KM {
                self.add(40, Reason::NearPark);
            } else {
                self.add(-60, Reason::FarFromPark { km: evidence::whole(km) });
            }
        }
        if let Crs::Zone(zone) = frame.crs
            && (middle.x - zone.meridian()).abs() > zone.reach() + 0.25
        {
            self.add(-10, Reason::OutsideStrip);
        }
    }

    /// Whether known parcels stay where they are.
    fn parcels(&mut self, way: &Projector, sample: &Sample) {
        let Some((count, distance)) = sample.moved(way) else { return };
        let metres = evidence::whole(distance);
        if distance > SAME_METRES {
            self.add(-80, Reason::ParcelsMoved { count, metres });
        } else {
            self.add(80, Reason::KnownParcels { count, metres });
        }
    }
}

/// Weighs one frame; nothing if it puts no feature into China.
fn judge(frame: Frame, reading: &Reading, sample: &Sample, park: &Neighbourhood) -> Option<Candidate> {
    let way = Projector::new(frame)?;
    let placed = sample.placed(&way);
    let middle = evidence::median(&placed)?;
    let mut scale = Scale::default();
    scale.statement(frame, reading);
    scale.size(frame, sample);
    scale.place(frame, middle, park);
    scale.parcels(&way, sample);
    let missing = sample.len() - placed.len();
    if missing > 0 {
        scale.add(-20, Reason::SomeElsewhere { percent: evidence::percent(missing, sample.len()) });
    }
    // A centimetre is enough for a place that is shown.
    let shown = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let sample = [shown(middle.x), shown(middle.y)];
    Some(Candidate { frame, why: scale.why, sample, score: scale.score })
}

/// What must be asked before the likeliest candidate may be taken.
fn question(reading: &Reading, sample: &Sample, candidates: &[Candidate]) -> Option<Question> {
    let Some(first) = candidates.first() else { return Some(Question::Nowhere) };
    let has = |reason: fn(&Reason) -> bool| first.why.iter().any(reason);
    // Parcels that come to lie where they are known to lie prove a frame, unless the file states another.
    if has(|reason| matches!(reason, Reason::KnownParcels { .. })) {
        return contradicted(reading, candidates);
    }
    if let Some(Stated::Old { datum, .. }) = &reading.stated {
        return Some(Question::OldDatum { datum: datum.clone() });
    }
    if let Some(Stated::Known { crs }) = &reading.stated {
        let stated = candidates.iter().find(|candidate| candidate.frame.crs == *crs);
        let goes = stated.is_some_and(|_| match sample.size() {
            Some((size, _)) => size.fits(*crs) || sample.carries(*crs),
            None => matches!(crs, Crs::Local(_)),
        });
        let contradiction = Question::NumbersContradict { stated: crs.to_string() };
        return match stated.filter(|_| goes) {
            Some(stated) => moved(stated).or((first.frame.crs != *crs).then_some(contradiction)),
            None => Some(contradiction),
        };
    }
    if let Some(moved) = moved(first) {
        return Some(moved);
    }
    if let Some(Stated::Unknown { name }) = &reading.stated {
        return Some(Question::UnknownSystem { name: name.clone() });
    }
    match sample.size() {
        Some((Size::Zone(_), _)) => None,
        Some((Size::Plain, _)) => {
            let near = |candidate: &&Candidate| candidate.why.contains(&Reason::NearPark);
            (candidates.iter().filter(near).count() != 1).then_some(Question::WhichZone)
        }
        Some((Size::Degrees, _)) => Some(Question::WhichShift),
        None => Some(Question::Nowhere),
    }
}

/// What is asked of a file whose features carry the numbers of several zones: it goes without saying where all of them come to
/// lie near the park, and where neither a park is known nor the file states one system.
fn across_zones(
    reading: &Reading,
    sample: &Sample,
    candidates: &[Candidate],
    park: &Neighbourhood,
) -> Option<Question> {
    let frame = candidates.first()?.frame;
    matches!(frame.crs, Crs::Zone(zone) if zone.prefixed).then_some(())?;
    let zones = sample.zones()?.clone();
    let doubtful = match park.extent {
        Some(extent) => sample.farthest(&Projector::new(frame)?, extent) > NEAR_KM,
        None => reading.stated.is_some(),
    };
    doubtful.then_some(Question::SeveralZones { zones })
}

/// What is asked when known parcels prove one frame and the file states another that would move them: either the statement
/// is wrong or the boundaries in the ledger are, and only a person knows which.
fn contradicted(reading: &Reading, candidates: &[Candidate]) -> Option<Question> {
    let Some(Stated::Known { crs }) = &reading.stated else { return None };
    let mut stated = candidates.iter().filter(|candidate| candidate.frame.crs == *crs).peekable();
    if stated.peek().is_none() {
        return Some(Question::NumbersContradict { stated: crs.to_string() });
    }
    let all: Option<Vec<Question>> = stated.map(moved).collect();
    all.and_then(|questions| questions.into_iter().next())
}

/// A frame that would move what is known is asked about.
fn moved(candidate: &Candidate) -> Option<Question> {
    candidate.why.iter().find_map(|reason| match reason {
        Reason::FarFromPark { km } => {
            Some(Question::FarFromPark { stated: candidate.frame.crs.to_string(), km: *km })
        }
        Reason::ParcelsMoved { metres, .. } => {
            Some(Question::ParcelsMoved { stated: candidate.frame.crs.to_string(), metres: *metres })
        }
        _ => None,
    })
}
