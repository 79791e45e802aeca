//! Answers: entity tags over the bytes for conditional requests, and downloads with names in any script.

use app::digest_hex;
use app::table_file::TableFile;
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers larger than this are sent without an entity tag.
const TAGGED: usize = 8 << 20;

/// A file to save.
pub(crate) struct Download {
    /// Its name, in any script.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Download {
    /// A Word document.
    pub(crate) const DOCX: &'static str =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    /// A workbook.
    pub(crate) const XLSX: &'static str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /// A PDF.
    pub(crate) const PDF: &'static str = "application/pdf";
    /// A table as text.
    pub(crate) const CSV: &'static str = "text/csv; charset=utf-8";
    /// Anything else.
    pub(crate) const BYTES: &'static str = "application/octet-stream";
}

/// Sends a file to be saved, its name given as RFC 5987 and 6266 say.
pub(crate) fn download(file: Download) -> Response {
    named("attachment", file)
}

/// Sends a file to be shown where it stands; saved it has its name.
pub(crate) fn shown(file: Download) -> Response {
    named("inline", file)
}

fn named(how: &str, file: Download) -> Response {
    let mut encoded = String::new();
    for byte in file.name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' };
    let ascii: String = file.name.chars().map(plain).collect();
    let disposition = format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    let mut response = Bytes::from(file.bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Sends a table as a workbook.
pub(crate) fn table(file: TableFile) -> Response {
    download(Download { name: file.name, media: Download::XLSX, bytes: file.bytes })
}

/// Gives answers to GET an entity tag and answers `If-None-Match`.
pub(crate) async fn entity_tags(request: Request, next: Next) -> Response {
    let asked =
        (request.method() == Method::GET).then(|| request.headers().get(header::IF_NONE_MATCH).cloned());
    let response = next.run(request).await;
    let Some(known) = asked else { return response };
    let size = response.body().size_hint().exact().and_then(|n| usize::try_from(n).ok());
    let tagged = response.headers().contains_key(header::ETAG);
    if response.status() != StatusCode::OK || tagged || size.is_none_or(|n| n > TAGGED) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, TAGGED).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = format!("\"{}\"", &digest_hex(&bytes)[..24]);
    let value = HeaderValue::from_str(&tag).expect("hexadecimal digits in quotes");
    parts.headers.insert(header::ETAG, value.clone());
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    if known.is_some_and(|k| matches(&k, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whether a list of tags names this one. A gateway that compresses makes a tag weak; the bytes are the same.
fn matches(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == tag || t == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_chinese_is_sent_twice() {
        let file = Download { name: "年度 报告.docx".to_owned(), media: Download::DOCX, bytes: vec![1] };
        let response = download(file);
        let sent = response.headers()[header::CONTENT_DISPOSITION].to_str().expect("ASCII");
        // 年 is E5 B9 B4 in UTF-8.
        assert!(
            sent.starts_with("attachment; filename=\"_____.docx\"; filename*=UTF-8''%E5%B9%B4"),
            "{sent}"
        );
        assert!(sent.contains("%20"), "{sent}");
    }

    #[test]
    fn a_tag_is_found_in_a_list_and_behind_a_weak_mark() {
        let list = HeaderValue::from_static("\"a\", W/\"b\"");
        assert!(matches(&list, "\"b\"") && matches(&list, "\"a\"") && !matches(&list, "\"c\""));
    }
}
