//! Long work: imports, reports, backups run one after the other beside the requests, tell how far they are, and can be
//! cancelled between two steps.
//!
//! A job is kept in the ledger's database when it is made, begins and ends; how far it is stays in memory. What was waiting
//! or running when the program stopped is shown as interrupted: a use case writes in one transaction at its end, so it is
//! never half applied. Deliberately absent: what the work is (a closure of the caller's), HTTP, who may see whose jobs
//! beyond [`Jobs::list`]'s filter.

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::{JobId, JobRecord, JobState, NewJob, PersonId, StoreError};

use crate::access::Actor;
use crate::clock::Clock;
use crate::parks::Parks;
use crate::progress::{Progress, Watch};

/// How far a job is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct JobProgress {
    /// Steps done.
    #[serde(default)]
    pub done: u64,
    /// Of how many, where that is known.
    pub total: Option<u64>,
    /// What it is doing, as a word for programs.
    #[serde(default)]
    pub stage: String,
}

impl From<Progress> for JobProgress {
    fn from(at: Progress) -> Self {
        Self { done: at.done, total: at.total, stage: at.stage.to_owned() }
    }
}

/// A job as callers see it.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
pub struct JobView {
    /// Its number.
    pub id: u64,
    /// What kind of work.
    pub kind: String,
    /// What it is about, for people.
    pub title: String,
    /// `waiting`, `running`, `done`, `failed`, `cancelled` or `interrupted`.
    pub state: String,
    /// How far it is.
    pub progress: JobProgress,
    /// When it was asked for.
    #[schema(value_type = String)]
    pub created: Timestamp,
    /// When it began.
    #[schema(value_type = Option<String>)]
    pub started: Option<Timestamp>,
    /// When it ended.
    #[schema(value_type = Option<String>)]
    pub ended: Option<Timestamp>,
    /// Who asked for it.
    pub who: String,
    /// What it gave.
    #[schema(value_type = Option<Object>)]
    pub result: Option<Value>,
    /// Why it failed: problem details.
    #[schema(value_type = Option<Object>)]
    pub problem: Option<Value>,
    /// Whether cancelling would do something.
    pub can_cancel: bool,
    #[serde(skip)]
    #[schema(ignore)]
    person: Option<PersonId>,
}

impl JobView {
    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        !matches!(self.state.as_str(), "waiting" | "running")
    }

    /// Whether this actor asked for it.
    pub fn is_of(&self, actor: &Actor) -> bool {
        self.person == actor.person && self.who == actor.name
    }
}

/// What a job does: gets a way to tell how far it is, gives a result or a problem.
pub type Work = Box<dyn FnOnce(&Watch<'_>) -> Result<Value, Value> + Send>;

/// What is called whenever a job changes.
pub type Listener = Box<dyn Fn(&JobView) + Send + Sync>;

/// All jobs of one park.
pub struct Jobs {
    parks: Arc<Parks>,
    clock: Arc<dyn Clock>,
    inner: Mutex<Inner>,
    wake: Condvar,
    listener: Listener,
}

#[derive(Default)]
struct Inner {
    live: HashMap<u64, Live>,
    queue: VecDeque<(u64, Work)>,
    stopping: bool,
}

/// A job that waits or runs.
struct Live {
    view: JobView,
    cancelled: Arc<AtomicBool>,
}

/// Why a job could not be cancelled or shown.
#[derive(Debug, thiserror::Error)]
pub enum JobFault {
    /// There is none of that number.
    #[error("there is no job {0}")]
    Unknown(u64),
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StoreError),
}

impl Jobs {
    /// Takes up the jobs of a park; what an earlier run of the program left unfinished is marked as interrupted.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn new(
        parks: Arc<Parks>,
        clock: Arc<dyn Clock>,
        listener: Listener,
    ) -> Result<Arc<Self>, StoreError> {
        parks.write("", |park| park.store_mut().interrupt_jobs(clock.now()))?;
        Ok(Arc::new(Self { parks, clock, inner: Mutex::default(), wake: Condvar::new(), listener }))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does jobs as they come until [`Jobs::stop`]; for a thread of its own.
    pub fn serve(&self) {
        loop {
            let next = {
                let mut inner = self.inner();
                loop {
                    if inner.stopping {
                        return;
                    }
                    match inner.queue.pop_front() {
                        Some(next) => break next,
                        None => inner = self.wake.wait(inner).unwrap_or_else(PoisonError::into_inner),
                    }
                }
            };
            self.run(next.0, next.1);
        }
    }

    /// Ends [`Jobs::serve`] after the job it is at, which is asked to stop.
    pub fn stop(&self) {
        let mut inner = self.inner();
        inner.stopping = true;
        inner.live.values().for_each(|live| live.cancelled.store(true, Ordering::Relaxed));
        self.wake.notify_all();
    }

    /// How many wait or run.
    pub fn open(&self) -> usize {
        self.inner().live.len()
    }

    /// Asks for work to be done.
    ///
    /// # Errors
    /// [`StoreError`] when the job cannot be kept.
    pub fn ask(&self, actor: &Actor, kind: &str, title: &str, work: Work) -> Result<JobView, StoreError> {
        let created = self.clock.now();
        let progress = JobProgress { stage: JobState::Waiting.word().to_owned(), ..JobProgress::default() };
        let new = NewJob {
            kind: kind.to_owned(),
            title: title.to_owned(),
            who: actor.name.clone(),
            person: actor.person,
            request: None,
        };
        let id = self.parks.write(&actor.name, |park| park.store_mut().add_job(created, &new))?.0;
        let view = JobView {
            id,
            kind: kind.to_owned(),
            title: title.to_owned(),
            state: JobState::Waiting.word().to_owned(),
            progress,
            created,
            started: None,
            ended: None,
            who: actor.name.clone(),
            result: None,
            problem: None,
            can_cancel: true,
            person: actor.person,
        };
        let mut inner = self.inner();
        let cancelled = Arc::new(AtomicBool::new(false));
        inner.live.insert(id, Live { view: view.clone(), cancelled });
        inner.queue.push_back((id, work));
        self.wake.notify_one();
        Ok(view)
    }

    /// Asks a job to stop; a waiting one is over at once, a running one at its next step.
    ///
    /// # Errors
    /// [`JobFault`] when there is no such job or the ledger cannot be written.
    pub fn cancel(&self, id: u64) -> Result<JobView, JobFault> {
        let waiting = {
            let mut inner = self.inner();
            let at = inner.queue.iter().position(|(waiting, _)| *waiting == id);
            if let Some(live) = inner.live.get(&id) {
                live.cancelled.store(true, Ordering::Relaxed);
            }
            at.and_then(|at| inner.queue.remove(at)).is_some()
        };
        if waiting {
            self.end(id, JobState::Cancelled, None, None);
        }
        self.view(id)
    }

    /// One job.
    ///
    /// # Errors
    /// [`JobFault`] when there is none or the ledger cannot be read.
    pub fn view(&self, id: u64) -> Result<JobView, JobFault> {
        if let Some(live) = self.inner().live.get(&id) {
            return Ok(live.view.clone());
        }
        let record = self.parks.read(|park| park.store().job(JobId(id)))?;
        record.map(view_of).ok_or(JobFault::Unknown(id))
    }

    /// The newest jobs, at most `limit`: all for an administrator, else the actor's own.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn list(&self, actor: &Actor, all: bool, limit: usize) -> Result<Vec<JobView>, StoreError> {
        let records = self.parks.read(|park| park.store().jobs(limit))?;
        let mut views: Vec<JobView> = records.into_iter().map(view_of).collect();
        let inner = self.inner();
        for view in &mut views {
            if let Some(live) = inner.live.get(&view.id) {
                view.clone_from(&live.view);
            }
        }
        views.retain(|view| all || view.is_of(actor));
        Ok(views)
    }

    fn run(&self, id: u64, work: Work) {
        let Some(cancelled) = self.begin(id) else { return };
        let tell = |progress: Progress| {
            if let Some(live) = self.inner().live.get_mut(&id) {
                live.view.progress = progress.into();
                (self.listener)(&live.view);
            }
            if cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        // A panic in a use case is a failed job, not a lost worker thread.
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&tell)));
        match done {
            Ok(Ok(result)) => self.end(id, JobState::Done, Some(result), None),
            Ok(Err(_)) if cancelled.load(Ordering::Relaxed) => self.end(id, JobState::Cancelled, None, None),
            Ok(Err(problem)) => self.end(id, JobState::Failed, None, Some(problem)),
            Err(_) => self.end(id, JobState::Failed, None, None),
        }
    }

    fn begin(&self, id: u64) -> Option<Arc<AtomicBool>> {
        let now = self.clock.now();
        let (cancelled, view) = {
            let mut inner = self.inner();
            let live = inner.live.get_mut(&id)?;
            JobState::Running.word().clone_into(&mut live.view.state);
            live.view.started = Some(now);
            (Arc::clone(&live.cancelled), live.view.clone())
        };
        // A job that cannot be marked as running still runs; its end is what counts.
        let _ = self.parks.write(&view.who, |park| park.store_mut().start_job(JobId(id), now));
        (self.listener)(&view);
        Some(cancelled)
    }

    fn end(&self, id: u64, state: JobState, result: Option<Value>, problem: Option<Value>) {
        let now = self.clock.now();
        let Some(mut view) = self.inner().live.get(&id).map(|live| live.view.clone()) else { return };
        state.word().clone_into(&mut view.state);
        view.ended = Some(now);
        view.can_cancel = false;
        if state == JobState::Done {
            state.word().clone_into(&mut view.progress.stage);
        }
        (view.result, view.problem) = (result, problem);
        let (result, problem) = (view.result.as_ref().map(json), view.problem.as_ref().map(json));
        // What the job did is in the ledger already; losing the mark shows it as interrupted, never as half done.
        let _ = self.parks.write(&view.who, |park| {
            park.store_mut().end_job(JobId(id), now, state, result.as_deref(), problem.as_deref())
        });
        self.inner().live.remove(&id);
        (self.listener)(&view);
    }
}

fn view_of(record: JobRecord) -> JobView {
    let JobRecord { id, job, state, progress, created, started, ended, result, problem } = record;
    let read = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    JobView {
        id: id.0,
        kind: job.kind,
        title: job.title,
        state: state.word().to_owned(),
        progress: serde_json::from_str(&progress).unwrap_or_default(),
        created,
        started,
        ended,
        who: job.who,
        result: read(result),
        problem: read(problem),
        can_cancel: !state.is_over(),
        person: job.person,
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("progress, results and problems are plain JSON")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use serde_json::json as value;

    use super::*;
    use crate::clock::FrozenClock;
    use crate::parks::testing::parks;

    /// Jobs with a thread that does them, and what they told.
    fn jobs(parks: &Arc<Parks>) -> (Arc<Jobs>, mpsc::Receiver<JobView>) {
        let (told, heard) = mpsc::channel();
        let told = Mutex::new(told);
        let listener: Listener = Box::new(move |view| {
            let _ = told.lock().expect("no test panics with it").send(view.clone());
        });
        let clock = Arc::new(FrozenClock(Timestamp::UNIX_EPOCH));
        let jobs = Jobs::new(Arc::clone(parks), clock, listener).expect("a writable ledger");
        let worker = Arc::clone(&jobs);
        std::thread::spawn(move || worker.serve());
        (jobs, heard)
    }

    /// The last thing told of a job.
    fn end(heard: &mpsc::Receiver<JobView>, id: u64) -> JobView {
        loop {
            let view = heard.recv_timeout(std::time::Duration::from_secs(20)).expect("the job ends");
            if view.id == id && view.is_over() {
                return view;
            }
        }
    }

    #[test]
    fn a_job_tells_how_far_it_is_and_what_it_gave() {
        let (_folder, parks) = parks();
        let (jobs, heard) = jobs(&parks);
        let actor = Actor::local("a");
        let work: Work = Box::new(|tell| {
            let _ = tell(Progress { stage: "read", done: 3, total: Some(9) });
            Ok(value!({ "n": 1 }))
        });
        let asked = jobs.ask(&actor, "import", "九月", work).expect("kept");
        assert_eq!(asked.state, "waiting");
        let seen: Vec<(String, u64)> = std::iter::from_fn(|| heard.recv().ok())
            .map(|v| (v.state.clone(), v.progress.done))
            .take(3)
            .collect();
        let expected = [("running", 0), ("running", 3), ("done", 3)];
        assert_eq!(seen, expected.map(|(state, done)| (state.to_owned(), done)));
        // From the database now, the same.
        let kept = jobs.view(asked.id).expect("kept");
        assert_eq!((kept.state.as_str(), kept.result), ("done", Some(value!({ "n": 1 }))));
        jobs.stop();
    }

    #[test]
    fn a_cancelled_job_stops_at_its_next_step() {
        let (_folder, parks) = parks();
        let (jobs, heard) = jobs(&parks);
        let (go, wait) = mpsc::channel::<()>();
        let actor = Actor::local("a");
        let first: Work = Box::new(move |tell| {
            let _ = tell(Progress::begun("read"));
            wait.recv().expect("the test says go");
            match tell(Progress::begun("write")) {
                ControlFlow::Break(()) => Err(value!("stopped")),
                ControlFlow::Continue(()) => Ok(value!("written")),
            }
        });
        let one = jobs.ask(&actor, "import", "一", first).expect("kept").id;
        let second: Work = Box::new(|_| Ok(value!("never")));
        let two = jobs.ask(&actor, "import", "二", second).expect("kept").id;
        assert_eq!(jobs.cancel(two).expect("there").state, "cancelled", "a waiting job is over at once");
        while heard.recv().expect("it begins").progress.stage != "read" {}
        jobs.cancel(one).expect("there");
        go.send(()).expect("it waits");
        assert_eq!(end(&heard, one).state, "cancelled");
        jobs.stop();
    }

    #[test]
    fn a_broken_promise_fails_the_job_and_not_the_next() {
        let (_folder, parks) = parks();
        let (jobs, heard) = jobs(&parks);
        let actor = Actor::local("a");
        let broken =
            jobs.ask(&actor, "import", "一", Box::new(|_| panic!("a broken promise"))).expect("kept");
        let fine = jobs.ask(&actor, "import", "二", Box::new(|_| Ok(Value::Null))).expect("kept");
        assert_eq!(end(&heard, broken.id).state, "failed");
        assert_eq!(end(&heard, fine.id).state, "done");
        jobs.stop();
    }

    #[test]
    fn what_ran_when_the_program_stopped_is_interrupted() {
        let (_folder, parks) = parks();
        let new = NewJob {
            kind: "import".to_owned(),
            title: "半途".to_owned(),
            who: "a".to_owned(),
            person: None,
            request: None,
        };
        let at = Timestamp::UNIX_EPOCH;
        let id = parks.write("a", |park| park.store_mut().add_job(at, &new)).expect("kept");
        parks.write("a", |park| park.store_mut().start_job(id, at)).expect("kept");
        let (jobs, _heard) = jobs(&parks);
        assert_eq!(jobs.view(id.0).expect("there").state, "interrupted");
        let mine = |who: &str| jobs.list(&Actor::local(who), false, 9).expect("readable").len();
        assert_eq!((mine("a"), mine("b")), (1, 0));
        jobs.stop();
    }
}
