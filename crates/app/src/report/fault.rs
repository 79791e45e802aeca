//! Why a report cannot be built.

use model::finding::{Finding, Place, Severity};
use model::id::ReportId;
use office::WriteFault;
use office::docx::DocxFault;

use super::settings::SettingFault;
use crate::worker::WorkerFault;

/// Why a report cannot be built. Missing data is none of these.
#[derive(Debug, thiserror::Error)]
pub enum ReportFault {
    /// The content has no such report.
    #[error("there is no report `{0}`")]
    NoReport(ReportId),
    /// The report's template file is missing.
    #[error("there is no template {0}")]
    NoTemplate(String),
    /// Tags of the template are wrong; each is a finding with its paragraph.
    #[error("{} tags of the template are wrong", .0.len())]
    Template(Vec<Finding>),
    /// Its parameters are not set as they must be.
    #[error("{} parameters are not set as they must be", .0.len())]
    Settings(Vec<SettingFault>),
    /// It is about one thing, and that is not there or not for this person.
    #[error("what the sheet `{0}` is about is not there")]
    NoSubject(String),
    /// The template is no usable Word file, or the filled parts do not make one.
    #[error("the document was refused")]
    Document(#[source] DocxFault),
    /// The evidence workbook could not be written.
    #[error("the evidence workbook could not be written")]
    Workbook(#[source] WriteFault),
    /// The worker gave no answer.
    #[error("the document could not be made")]
    Worker(#[from] WorkerFault),
    /// The ledger could not say where entries came from.
    #[error("the origins of entries could not be read")]
    Origins(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ReportFault {
    /// The fault as findings for the user, where it speaks of a file a person can mend.
    pub fn findings(&self) -> Vec<Finding> {
        match self {
            Self::Template(findings) => findings.clone(),
            Self::Document(fault) => vec![of_document(fault, "")],
            Self::Settings(faults) => faults.iter().map(of_setting).collect(),
            _ => vec![],
        }
    }
}

fn of_setting(fault: &SettingFault) -> Finding {
    Finding {
        code: "report-parameter".to_owned(),
        severity: Severity::Error,
        place: Place { field: Some(fault.name.as_str().into()), ..Place::default() },
        message: fault.message.clone(),
        hint: fault.hint.clone(),
    }
}

/// A refused document as a finding.
pub(super) fn of_document(fault: &DocxFault, file: &str) -> Finding {
    Finding {
        code: "report-template".to_owned(),
        severity: Severity::Error,
        place: Place { file: file.to_owned(), ..Place::default() },
        message: fault.to_string(),
        hint: fault.hint().to_owned(),
    }
}
