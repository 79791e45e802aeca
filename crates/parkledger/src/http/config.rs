//! Settings of the server: a file, the environment, the command line – later ones win – and where each value came from.
//!
//! The file is `parkledger.toml` in the data folder, or the one named by `--config`. A setting `a.b` is `PARKLEDGER_A_B` in
//! the environment. Unknown keys are errors that name file, key and the nearest known one. To add a setting: a line in
//! `messages::SETTINGS` and a field of [`Config`] that reads it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::base_map::BaseMap;
use super::messages::{self as say, SETTINGS};

/// Where a value came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// Built in.
    Default,
    /// The settings file.
    File,
    /// An environment variable.
    Environment,
    /// An argument of the command.
    CommandLine,
}

/// One setting in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct InForce {
    /// Its key.
    pub key: String,
    /// Its value; secrets are never settings of this table.
    pub value: String,
    /// Where it came from.
    pub from: Origin,
    /// What it is, in Chinese.
    pub doc: String,
    /// What it is, in English.
    pub doc_en: String,
}

/// An OpenID provider people may sign in with.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provider {
    /// A short word for addresses.
    pub id: String,
    /// What the button says.
    pub title: String,
    /// The issuer's address.
    pub issuer: String,
    /// This program's client id.
    pub client_id: String,
    /// A file that holds the client's secret.
    pub client_secret_file: Option<PathBuf>,
    /// Sign people in by the account name the provider states, when no link is known yet.
    #[serde(default)]
    pub match_by_name: bool,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("id", &self.id).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The settings in force.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Address of pages and API.
    pub listen: SocketAddr,
    /// Address of the metrics.
    pub metrics: Option<SocketAddr>,
    /// Address people use, without a slash at its end.
    pub public_url: String,
    /// The park's name.
    pub park_title: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Without a request for so long, a session ends.
    pub session_idle: Duration,
    /// A session ends after this in any case.
    pub session_absolute: Duration,
    /// Attempts to sign in per address and minute.
    pub sign_in_per_minute: u32,
    /// Whether everybody needs a second factor.
    pub second_factor_required: bool,
    /// Largest upload in bytes.
    pub upload_bytes: u64,
    /// Level of the log.
    pub log_level: tracing::Level,
    /// Whether the log is JSON lines.
    pub log_json: bool,
    /// LibreOffice.
    pub soffice: Option<PathBuf>,
    /// A folder with the client, instead of the embedded one.
    pub web: Option<PathBuf>,
    /// The pictures behind the map of parcels.
    pub base_map: Option<BaseMap>,
    /// How many backups are kept.
    pub backups_kept: usize,
    /// When policies are matched by night.
    pub nightly: Option<jiff::civil::Time>,
    /// How long to wait for requests when stopping.
    pub patience: Duration,
    /// Providers people may sign in with.
    pub oidc: Vec<Provider>,
    /// Every setting with where it came from.
    pub in_force: Vec<InForce>,
}

/// A setting is wrong: where, which, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{place}: {key}: {message}")]
pub(crate) struct ConfigFault {
    /// File, variable or argument.
    pub place: String,
    /// Which setting.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Values given on the command line.
pub(crate) type Given = BTreeMap<&'static str, String>;

impl Config {
    /// The settings in force for a data folder.
    ///
    /// # Errors
    /// [`ConfigFault`] for the first setting that is wrong.
    pub(crate) fn load(
        data: &Path,
        file: Option<&Path>,
        given: &Given,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigFault> {
        let path = file.map_or_else(|| data.join("parkledger.toml"), Path::to_owned);
        let (from_file, oidc) = read_file(&path, file.is_some())?;
        let mut places = BTreeMap::new();
        let mut in_force = Vec::new();
        for setting in SETTINGS {
            let variable = format!("PARKLEDGER_{}", setting.key.replace('.', "_").to_uppercase());
            let (value, from, place) = if let Some(value) = given.get(setting.key) {
                (value.clone(), Origin::CommandLine, format!("--{}", setting.key))
            } else if let Some(value) = environment(&variable) {
                (value, Origin::Environment, variable)
            } else if let Some(value) = from_file.get(setting.key) {
                (value.clone(), Origin::File, path.display().to_string())
            } else {
                (setting.default.to_owned(), Origin::Default, String::new())
            };
            places.insert(setting.key, (value.clone(), place));
            let (doc, doc_en) = (setting.doc.to_owned(), setting.doc_en.to_owned());
            in_force.push(InForce { key: setting.key.to_owned(), value, from, doc, doc_en });
        }
        Self::of(&Values(places), oidc, in_force)
    }

    fn of(values: &Values, oidc: Vec<Provider>, in_force: Vec<InForce>) -> Result<Self, ConfigFault> {
        let minutes = |key, unit: u64| values.number(key).map(|n| Duration::from_secs(n * unit));
        Ok(Self {
            listen: values.address("listen")?,
            metrics: if values.text("metrics") == "off" { None } else { Some(values.address("metrics")?) },
            public_url: values.text("public_url").trim_end_matches('/').to_owned(),
            park_title: values.text("park.title").to_owned(),
            trusted_proxies: values.list("trusted_proxies", say::ADDRESSES)?,
            session_idle: minutes("session.idle_minutes", 60)?,
            session_absolute: minutes("session.absolute_hours", 3600)?,
            sign_in_per_minute: u32::try_from(values.number("sign_in.per_minute")?).unwrap_or(u32::MAX),
            second_factor_required: values.parse("second_factor.required", say::FLAG)?,
            upload_bytes: values.number("upload.max_mb")? << 20,
            log_level: values.parse("log.level", say::LEVEL)?,
            log_json: match values.text("log.format") {
                "json" => true,
                "text" => false,
                _ => return Err(values.fault("log.format", say::FORMAT)),
            },
            soffice: values.path("pdf.soffice"),
            web: values.path("web_dir"),
            base_map: values.base_map()?,
            backups_kept: usize::try_from(values.number("backup.keep")?).unwrap_or(usize::MAX),
            nightly: match values.text("nightly.at") {
                "off" => None,
                _ => Some(values.parse("nightly.at", say::HOUR)?),
            },
            patience: minutes("shutdown_seconds", 1)?,
            oidc,
            in_force,
        })
    }
}

/// Values by key, each with the place it came from.
struct Values(BTreeMap<&'static str, (String, String)>);

impl Values {
    fn text(&self, key: &str) -> &str {
        &self.0[key].0
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        Some(self.text(key)).filter(|t| !t.is_empty()).map(PathBuf::from)
    }

    fn fault(&self, key: &str, hint: &str) -> ConfigFault {
        let (value, place) = &self.0[key];
        ConfigFault {
            place: place.clone(),
            key: key.to_owned(),
            message: say::wrong(value),
            hint: hint.to_owned(),
        }
    }

    fn parse<T: std::str::FromStr>(&self, key: &str, hint: &str) -> Result<T, ConfigFault> {
        self.text(key).parse().map_err(|_| self.fault(key, hint))
    }

    fn address(&self, key: &str) -> Result<SocketAddr, ConfigFault> {
        self.parse(key, say::ADDRESS)
    }

    /// A whole number from 1.
    fn number(&self, key: &str) -> Result<u64, ConfigFault> {
        let hint = say::NUMBER;
        match self.parse::<u64>(key, hint)? {
            n if (1..=1 << 20).contains(&n) => Ok(n),
            _ => Err(self.fault(key, hint)),
        }
    }

    fn base_map(&self) -> Result<Option<BaseMap>, ConfigFault> {
        let tiles = (self.text("map.tiles"), self.text("map.labels"));
        BaseMap::new(tiles, self.text("map.attribution"), self.text("map.max_zoom"), self.text("map.system"))
            .map_err(|(key, hint)| self.fault(key, hint))
    }

    fn list<T: std::str::FromStr>(&self, key: &str, hint: &str) -> Result<Vec<T>, ConfigFault> {
        let parts = self.text(key).split(',').map(str::trim).filter(|p| !p.is_empty());
        parts.map(|p| p.parse().map_err(|_| self.fault(key, hint))).collect()
    }
}

fn read_file(path: &Path, must: bool) -> Result<(BTreeMap<String, String>, Vec<Provider>), ConfigFault> {
    let fault = |key: &str, message: String, hint: &str| ConfigFault {
        place: path.display().to_string(),
        key: key.to_owned(),
        message,
        hint: hint.to_owned(),
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must => return Ok(Default::default()),
        Err(error) => return Err(fault("-", say::unreadable(&error), say::UNREADABLE_HINT)),
    };
    let mut table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| fault("-", error.to_string(), say::CORRECT))?;
    let mut oidc = Vec::new();
    if let Some(listed) = table.remove("oidc") {
        oidc = listed
            .try_into()
            .map_err(|error: toml::de::Error| fault("oidc", error.message().to_owned(), say::PROVIDERS))?;
    }
    let unsafe_issuer = |p: &&Provider| !super::oidc::is_allowed(&p.issuer);
    if let Some(provider) = oidc.iter().find(unsafe_issuer) {
        return Err(fault("oidc.issuer", say::wrong(&provider.issuer), say::ISSUER));
    }
    let mut found = BTreeMap::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                found.extend(inner.into_iter().map(|(k, v)| (format!("{key}.{k}"), plain(&v))));
            }
            other => {
                found.insert(key, plain(&other));
            }
        }
    }
    if let Some(unknown) = found.keys().find(|key| SETTINGS.iter().all(|s| s.key != key.as_str())) {
        let near = SETTINGS.iter().find(|s| s.key.ends_with(unknown.rsplit('.').next().unwrap_or(unknown)));
        let hint = near.map_or_else(|| say::ALL.to_owned(), |s| say::near(s.key));
        return Err(fault(unknown, say::UNKNOWN.to_owned(), &hint));
    }
    Ok((found, oidc))
}

/// A value as the text the other places would give; a list separated by commas.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Datetime(time) => time.to_string(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        toml::Value::Table(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, given: &[(&'static str, &str)], env: &[(&str, &str)]) -> Result<Config, ConfigFault> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("parkledger.toml"), file).expect("written");
        let given: Given = given.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        let env = |key: &str| env.iter().find(|(k, _)| *k == key).map(|(_, v)| (*v).to_owned());
        Config::load(folder.path(), None, &given, &env)
    }

    #[test]
    fn the_command_line_wins_over_the_environment_over_the_file() {
        let file = "listen = \"127.0.0.1:1\"\n[session]\nidle_minutes = 5\n[upload]\nmax_mb = 7\n";
        let env = [("PARKLEDGER_LISTEN", "127.0.0.1:2"), ("PARKLEDGER_SESSION_IDLE_MINUTES", "6")];
        let config = load(file, &[("listen", "127.0.0.1:3")], &env).expect("right");
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.session_idle, Duration::from_mins(6));
        assert_eq!(config.upload_bytes, 7 * 1024 * 1024);
        let from = |key: &str| config.in_force.iter().find(|s| s.key == key).map(|s| s.from);
        assert_eq!(from("listen"), Some(Origin::CommandLine));
        assert_eq!(from("session.idle_minutes"), Some(Origin::Environment));
        assert_eq!(from("upload.max_mb"), Some(Origin::File));
        assert_eq!(from("log.format"), Some(Origin::Default));
    }

    #[test]
    fn a_wrong_setting_names_place_key_and_remedy() {
        for (file, key, hint) in [
            ("lissten = 1", "lissten", "config show"),
            ("[session]\nidle = 1", "session.idle", "config show"),
            ("listen = \"8420\"", "listen", "127.0.0.1:8420"),
            ("[upload]\nmax_mb = 0", "upload.max_mb", "整数"),
            ("[log]\nlevel = \"loud\"", "log.level", "debug"),
            ("[map]\nsystem = \"gcj02\"", "map.system", "500 米"),
            ("[map]\ntiles = [\"https://a.example/{z}\"]", "map.tiles", "{x}"),
            ("trusted_proxies = \"here\"", "trusted_proxies", "IP"),
            ("oidc = 3", "oidc", "[[oidc]]"),
            ("x = ", "-", "改正"),
        ] {
            let fault = load(file, &[], &[]).expect_err(file);
            assert_eq!(fault.key, key, "{file}");
            assert!(fault.place.ends_with("parkledger.toml"), "{fault}");
            assert!(fault.hint.contains(hint), "{file}: {}", fault.hint);
        }
    }
}
