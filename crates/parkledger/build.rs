//! Checks that the web client was built before it is embedded. It runs no Node: that is `make web`'s.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=CARGO_FEATURE_EMBED_WEB");
    if std::env::var_os("CARGO_FEATURE_EMBED_WEB").is_none() {
        return;
    }
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    if !dist.join("index.html").is_file() {
        println!(
            "cargo::error=the web client is not built: run `make web`, then build with --features embed-web again"
        );
    }
}
